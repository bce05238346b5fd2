-- What every peer keeps: enough to know a phone by its cookie, and to hold one sealed share with its receipt.
CREATE TABLE circles (id TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE seats (token_hash BLOB PRIMARY KEY, circle_id TEXT NOT NULL, role TEXT NOT NULL, language TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE shares (id TEXT PRIMARY KEY, circle_id TEXT NOT NULL, sealed BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE receipts (receipt TEXT PRIMARY KEY, circle_id TEXT NOT NULL) WITHOUT ROWID;

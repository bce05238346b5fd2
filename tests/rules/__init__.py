"""Every rule of `sessions`, and each of its refusals, on SQLite and on a real PostgreSQL. No web in here."""

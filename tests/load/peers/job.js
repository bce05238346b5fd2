"use strict";
// A note's whole way on Node, as the manuals of socket.io and better-sqlite3 have it, for whichever framework takes the
// form: cookie, CSRF, sealing, one share and its receipt committed FULL, rendered for two roles in two languages, told
// to the room, answered.
const crypto = require("node:crypto");
const fs = require("node:fs");
const { Server } = require("socket.io");

const { DATABASE, KEYS_DIR, SECRET, TELL_TIMES, TELL_PAUSE, TELL_WORDS } = process.env;
const AUDIENCES = ["member", "leader"].flatMap((role) => ["en", "es"].map((language) => ({ role, language })));
const WORDS = {
  en: { heard: "heard", reflect: "Reflect", aside: "Set aside", wipe: "Wipe" },
  es: { heard: "escuchado", reflect: "Reflejar", aside: "Apartar", wipe: "Borrar" },
};
const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };

const db = require("better-sqlite3")(DATABASE);
for (const pragma of ["journal_mode=wal", "synchronous=full", "secure_delete=on"]) db.pragma(pragma);
const findSeat = db.prepare("SELECT circle_id, role, language FROM seats WHERE token_hash = ?");
const findVersion = db.prepare("SELECT version FROM circles WHERE id = ?").pluck();
const findReceipt = db.prepare("SELECT 1 FROM receipts WHERE receipt = ?");
const addShare = db.prepare("INSERT INTO shares VALUES (?, ?, ?)");
const addReceipt = db.prepare("INSERT INTO receipts VALUES (?, ?)");
const nextVersion = db.prepare("UPDATE circles SET version = version + 1 WHERE id = ? RETURNING version").pluck();
const write = db.transaction((circle, id, receipt, sealed) => {
  if (findReceipt.get(receipt)) return 0;
  addShare.run(id, circle, sealed);
  addReceipt.run(receipt, circle);
  return nextVersion.get(circle);
}).immediate;

const keys = new Map();
const keyOf = (circle) => keys.get(circle) ?? keys.set(circle, fs.readFileSync(`${KEYS_DIR}/${circle}.key`)).get(circle);
const mac = (...parts) => crypto.createHmac("sha256", SECRET).update(parts.join(" ")).digest("hex");
const same = (one, other) => one.length === other.length && crypto.timingSafeEqual(Buffer.from(one), Buffer.from(other));
const escaped = (words) => words.replace(/[&<>"']/g, (sign) => SIGNS[sign]);
const room = (circle, { role, language }) => `${circle} ${role} ${language}`;
const tokenIn = (header = "") => /(?:^|; )circle=([^;]+)/.exec(header)?.[1] ?? "";
const seatOf = (token) => findSeat.get(crypto.createHash("sha256").update(token).digest());

function seal(circle, id, words) {
  const said = Buffer.from(words), nonce = crypto.randomBytes(12);
  const padded = Buffer.alloc(256 * (1 + Math.floor(said.length / 256)));
  said.copy(padded);
  padded[said.length] = 0x80;
  const cipher = crypto.createCipheriv("aes-256-gcm", keyOf(circle), nonce).setAAD(Buffer.from(`${circle} note ${id}`));
  return Buffer.concat([nonce, cipher.update(padded), cipher.final(), cipher.getAuthTag()]);
}

function share(id, circle, words, { role, language }) {
  const say = WORDS[language], at = `/lead/${circle}/shares/${id}`;
  const form = (act, label, kind) => `<form method="post" action="${at}/${act}" data-send><button class="${kind}">${label}</button></form>`;
  const acts = role === "leader" ? `<div class="row acts"><a class="button small" href="#reflect-page" data-tab data-reflect>${say.reflect}</a>
    ${form("set-aside", say.aside, "small")}${form("wipe", say.wipe, "small warn")}</div>` : "";
  return `<li class="share" id="share-${id}">\n  <p class="words" dir="auto">${escaped(words)}</p>\n  ${acts}\n</li>`;
}

exports.PAGE = (token) => `<main data-csrf="${mac("csrf", token)}"></main>`;

// Keep one note and tell it: the status to answer with.
exports.note = (io, token = "", csrf = "", { text = "", key = "" } = {}) => {
  const seat = seatOf(token);
  if (!seat) return 404;
  if (!same(csrf, mac("csrf", token))) return 403;
  if (!text || text.length > 1000 || !/^[0-9a-f-]{36}$/.test(key)) return 422;
  const circle = seat.circle_id, id = crypto.randomBytes(10).toString("hex");
  const version = write(circle, id, mac("receipt", token, key), seal(circle, id, text));
  if (version) for (const audience of AUDIENCES)
    io.to(room(circle, audience)).emit("stream", { v: version, ops: [["append", "notes", share(id, circle, text, audience)]] });
  return 200;
};

// The sockets of an HTTP server, which also tell their rooms something at each SIGUSR2.
exports.listenOn = (server) => {
  const io = new Server(server, { perMessageDeflate: false });
  const occupied = new Set();
  io.use((socket, next) => {
    socket.data.seat = seatOf(tokenIn(socket.handshake.headers.cookie));
    next(socket.data.seat ? undefined : new Error("door"));
  });
  io.on("connection", (socket) => {
    const { seat } = socket.data;
    socket.join(room(seat.circle_id, seat));
    occupied.add(room(seat.circle_id, seat));
    socket.emit("beat", { v: findVersion.get(seat.circle_id), here: 1 });
  });

  let told = 0;
  process.on("SIGUSR2", async () => {
    for (let times = 0; times < Number(TELL_TIMES); times += 1) {
      told += 1;
      for (const one of occupied) io.to(one).emit("stream", { v: told, ops: [["append", "notes", TELL_WORDS]] });
      await new Promise((soon) => setTimeout(soon, Number(TELL_PAUSE) * 1000));
    }
  });
  return io;
};

// Hearing: one socket that only listens. A page knows its version; whatever it missed, it reads its own page again.
import { io } from "../vendor/socket.io.esm.min.js";

// The one place where text from our server becomes nodes. What members wrote arrives escaped by the server.
const policy = globalThis.trustedTypes?.createPolicy("circle", { createHTML: (html) => html });
const trusted = (html) => (policy ? policy.createHTML(html) : html);

const page = document.body.dataset;
let have = Number(page.v);
let reading = null;
let again = false;

export function nodes(html) {
  const template = document.createElement("template");
  template.innerHTML = trusted(html);
  return template.content;
}

// Put a new version of an element in its place. Half-typed text and opened drawers stay as the person left them.
export function morph(fresh) {
  const old = document.getElementById(fresh.id);
  if (!old) return;
  Idiomorph.morph(old, fresh, {
    morphStyle: "outerHTML",
    callbacks: {
      beforeNodeMorphed: (node) => node.nodeName !== "TEXTAREA" && node.nodeName !== "INPUT",
      beforeAttributeUpdated: (name, node) => !(name === "open" && node.nodeName === "DETAILS"),
    },
  });
}

export function changed() {
  document.dispatchEvent(new CustomEvent("circle:changed"));
}

// Read my own page again and take over its live parts: the same path for a lift, sleep, a restart, a lost push.
export async function catchUp() {
  if (reading) {
    again = true;
    return reading;
  }
  reading = readPage().finally(() => (reading = null));
  await reading;
  if (again) {
    again = false;
    return catchUp();
  }
}

async function readPage() {
  let answer;
  try {
    answer = await fetch(page.page, { headers: { "X-Requested-With": "fetch" }, cache: "no-store" });
  } catch {
    return; // no signal: the next connection asks again
  }
  if (answer.redirected || answer.status === 404) return location.replace(page.door);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(trusted(await answer.text()), "text/html");
  const version = Number(fresh.body.dataset.v);
  if (version < have) return;
  fresh.querySelectorAll("[data-live]").forEach(morph);
  showPhones(fresh.querySelector("[data-phones]")?.textContent);
  have = version;
  changed();
}

function apply([op, target, html]) {
  const fresh = html ? nodes(html).firstElementChild : null;
  const old = document.getElementById(op === "append" && fresh ? fresh.id : target);
  if (op === "remove") old?.remove();
  else if (old) morph(fresh);
  else if (op === "append") document.getElementById(target)?.append(fresh);
  else if (op === "prepend") document.getElementById(target)?.prepend(fresh);
}

function showPhones(count) {
  if (count === undefined) return;
  document.querySelectorAll("[data-phones]").forEach((place) => (place.textContent = count));
}

function showLost(lost) {
  document.querySelectorAll("[data-lost]").forEach((line) => (line.hidden = !lost));
}

const socket = io({
  transports: ["websocket", "polling"],
  tryAllTransports: true,
  reconnectionDelayMax: 5000,
  query: page.circle ? { circle: page.circle } : {},
});

socket.on("connect", () => {
  showLost(false);
  document.dispatchEvent(new CustomEvent("circle:connected"));
});
socket.on("disconnect", () => showLost(true));
socket.on("connect_error", (error) => {
  showLost(true);
  if (error.message === "door") catchUp(); // not in this circle any more: the page itself says where to go
});
socket.on("stream", ({ v, ops }) => {
  if (v <= have) return;
  if (v !== have + 1) return void catchUp();
  ops.forEach(apply);
  have = v;
  changed();
  // What waits on this phone alone may have gone up, or may wait alone now; no push says whose it was.
  if (document.getElementById("own")?.hasAttribute("data-waiting")) catchUp();
});
socket.on("beat", ({ v, here }) => {
  showPhones(here);
  if (v > have) catchUp();
});
socket.on("here", ({ n }) => showPhones(n));
socket.on("gone", ({ ops }) => {
  socket.close();
  ops.forEach(apply);
  changed();
  document.dispatchEvent(new CustomEvent("circle:gone", { detail: { nodes } }));
});
addEventListener("offline", () => showLost(true));
addEventListener("online", () => (socket.connected ? catchUp() : socket.connect()));
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) catchUp();
});

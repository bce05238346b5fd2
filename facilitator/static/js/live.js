// Hearing: one socket that only listens. A page knows its version; whatever it missed, it reads its own page again.
import { io } from "../vendor/socket.io.esm.min.js";

// The one place where text from our server becomes nodes. What members wrote arrives escaped by the server.
const policy = globalThis.trustedTypes?.createPolicy("circle", { createHTML: (html) => html });
const trusted = (html) => (policy ? policy.createHTML(html) : html);

const page = document.body.dataset;
let have = Number(page.v);
let reading = null;
let again = false;
let over = false;

// A network that swallows everything says nothing. What gets no answer in time is given up, to be asked again.
const PATIENCE = 15000;
const WORD_OF_THE_END = 500;
export async function ask(address, options, patience = PATIENCE) {
  const givenUp = new AbortController();
  const timer = setTimeout(() => givenUp.abort(), patience);
  try {
    const answer = await fetch(address, { ...options, signal: givenUp.signal });
    const { ok, status, redirected, url } = answer;
    return { ok, status, redirected, url, html: await answer.text() };
  } finally {
    clearTimeout(timer);
  }
}

export function nodes(html) {
  const template = document.createElement("template");
  template.innerHTML = trusted(html);
  return template.content;
}

// What is there for phones without scripts would keep words of mine in the page after they have left the screen.
const dropUnscripted = (part) => part.querySelectorAll("noscript").forEach((words) => words.remove());
dropUnscripted(document);

// Put a new version of an element in its place. Half-typed text and opened drawers stay as the person left them.
export function morph(fresh) {
  const old = document.getElementById(fresh.id);
  if (!old) return;
  dropUnscripted(fresh);
  Idiomorph.morph(old, fresh, {
    morphStyle: "outerHTML",
    callbacks: {
      beforeNodeMorphed: (node) => node.nodeName !== "TEXTAREA" && node.nodeName !== "INPUT",
      // What this phone alone puts on a share (`own.js`) stays, with what is half-typed in it.
      beforeNodeRemoved: (node) => !node.matches?.(".wall .own"),
      beforeAttributeUpdated: (name, node) => !(name === "open" && node.nodeName === "DETAILS"),
    },
  });
}

export function changed() {
  document.dispatchEvent(new CustomEvent("circle:changed"));
}

// What is mine no push says: another tab of this phone is told that something is new, and nothing else.
const tabs = globalThis.BroadcastChannel && new BroadcastChannel("circle");
tabs?.addEventListener("message", () => catchUp());
export const tellOtherTabs = () => tabs?.postMessage("");

// Read my own page again and take over its live parts: the same path for a lift, sleep, a restart, a lost push.
export async function catchUp() {
  if (over) return;
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
    answer = await ask(page.page, { headers: { "X-Requested-With": "fetch" }, cache: "no-store" });
  } catch {
    return; // no signal: the next connection asks again
  }
  if (over) return; // erased meanwhile, and the page says so
  if (answer.redirected || answer.status === 404) {
    // Erased a moment ago, perhaps: what says so may still be on its way, and says it better than the door.
    await new Promise((done) => setTimeout(done, WORD_OF_THE_END));
    return over || location.replace(page.door);
  }
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(trusted(answer.html), "text/html");
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

export const socket = io({
  transports: ["websocket", "polling"],
  tryAllTransports: true,
  reconnectionDelayMax: 5000,
  query: { ...(page.circle && { circle: page.circle }), ...(page.screen && { screen: page.screen }) },
});

socket.on("connect", () => {
  showLost(false);
  document.dispatchEvent(new CustomEvent("circle:connected"));
});
socket.on("disconnect", (why) => {
  showLost(true);
  if (why === "io server disconnect") catchUp(); // put out, perhaps: the page itself says where to go
});
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
  // What waits on this phone alone may have gone up, or may wait alone now; its hand may have its turn; no push says whose.
  // Nor whose shares left a wall that was cleared: every phone asks, as asking would tell whose they are.
  const isAnew = (name) => ops.some(([op, target]) => op === "replace" && target === name);
  const isCleared = !isAnew("state") && (isAnew("checkins") || isAnew("notes")) && document.getElementById("own");
  // Who leads is told in more places than the one that a push draws.
  if (isCleared || isAnew("leaders") || document.querySelector("[data-waiting]")) catchUp();
});
socket.on("beat", ({ v, here }) => {
  showPhones(here);
  if (v > have) catchUp();
});
socket.on("here", ({ n }) => showPhones(n));
socket.on("gone", ({ ops }) => {
  over = true;
  socket.close();
  ops.forEach(apply);
  // Nothing half-typed stays behind the words that say it is gone. Help does.
  document.querySelectorAll("[data-panes] > :not(#help)").forEach((pane) => pane.remove());
  changed();
  document.dispatchEvent(new CustomEvent("circle:gone", { detail: { nodes } }));
});
addEventListener("offline", () => showLost(true));
addEventListener("online", () => (socket.connected || over ? catchUp() : socket.connect()));
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) catchUp();
});

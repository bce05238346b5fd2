// The big screen: the code leaves by itself, one key brings it back, and nothing of it stays behind a cover.
import { ask, nodes } from "./live.js";
import "./send.js";
import "./clock.js";
import "./help.js";

const asked = document.getElementById("asked");
const next = document.querySelector("[data-next]");
const line = document.getElementById("next-line");
const isCovered = () => document.getElementById("state").matches(".cover");
// Each way in on this screen, by how long it said it would stay: what is drawn anew with another time waits anew.
const leaving = new Map();

function letGo() {
  for (const [door, wait] of leaving) {
    if (door.isConnected && door.dataset.leaves === wait.seconds) continue;
    clearTimeout(wait.timer);
    leaving.delete(door);
  }
  for (const door of document.querySelectorAll("[data-leaves]")) {
    if (leaving.has(door)) continue;
    const { leaves: seconds } = door.dataset;
    leaving.set(door, { seconds, timer: setTimeout(() => door.remove(), seconds * 1000) });
  }
}

function follow() {
  document.querySelector(".strip").classList.toggle("covered", isCovered());
  if (next) {
    const { part = "" } = document.getElementById("state").dataset;
    next.hidden = !part;
    next.elements.part.value = part;
  }
  if (line) {
    const { card = "", line: out = "" } = document.getElementById("state").dataset;
    line.hidden = !card;
    line.elements.card.value = card;
    line.elements.line.value = out;
  }
  if (isCovered()) asked.replaceChildren();
  letGo();
}

document.querySelector("[data-asks]")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const wanted = new URLSearchParams([...new FormData(form, event.submitter)]);
  const answer = await ask(`${form.action}?${wanted}`, { cache: "no-store" }).catch(() => null);
  if (!answer?.ok || answer.redirected || isCovered()) return;
  asked.replaceChildren(...nodes(answer.html).querySelectorAll("#asked > .door"));
  letGo();
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const named = document.querySelectorAll(`[data-key-${CSS.escape(event.key.toLowerCase())}]`);
  [...named].find((one) => one.checkVisibility())?.click();
});

document.addEventListener("circle:changed", follow);
// `no-store` does not keep a page out of the browser's back list, so it leaves its place empty and asks again.
addEventListener("pagehide", () => (document.body.hidden = true));
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
follow();

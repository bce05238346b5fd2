// Speaking: a plain form, posted by fetch. What was typed stays in its box until the server has said that it is kept.
import { ask, changed, morph, nodes } from "./live.js";

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 20000;
// A wrong PIN or passphrase is answered late, on purpose. Giving up sooner would try it again, and be later still.
const LATE_ANSWER = 120000;
const waiting = new Map();

// A UUID without crypto.randomUUID, which plain HTTP on a local network does not have.
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export function say(form, key, more = "") {
  const line = form.querySelector("[data-said]");
  if (!line) return;
  const words = key && document.getElementById("words")?.content.querySelector(`[data-say="${key}"]`);
  line.textContent = words ? `${words.textContent} ${more}`.trim() : more;
  line.classList.toggle("error", !key && Boolean(more));
}

async function send(form, submitter, wait = FIRST_WAIT) {
  if (form.dataset.busy) return;
  const body = new URLSearchParams(new FormData(form));
  if (submitter?.name) body.append(submitter.name, submitter.value);
  form.dataset.busy = "true";
  say(form, "sending");
  const secret = form.querySelector("input[type=password]");
  const headers = { "X-Requested-With": "fetch", "X-CSRFToken": document.body.dataset.csrf };
  let answer;
  try {
    answer = await ask(form.action, { method: "POST", body, headers }, secret ? LATE_ANSWER : undefined);
  } catch {
    return tryAgain(form, submitter, wait, "waiting");
  }
  if (answer.status >= 500) return tryAgain(form, submitter, wait, "failed");
  delete form.dataset.busy;
  if (answer.redirected) return location.replace(answer.url);
  const { html } = answer;
  if (answer.ok) return kept(form, html, body.get("text"));
  const problem = html ? nodes(html).querySelector(".error") : null;
  say(form, "", problem?.textContent ?? "");
  secret?.focus();
  secret?.select(); // nobody can see what to mend in it: the next key types it anew
  if (form.elements.key) form.elements.key.value = newKey(); // nothing was kept under the old one
}

// The same form with the same key: the server answers what it has seen before and does not keep it twice.
function tryAgain(form, submitter, wait, word) {
  say(form, word);
  const go = () => {
    clearTimeout(waiting.get(form)?.timer);
    waiting.delete(form);
    delete form.dataset.busy;
    send(form, submitter, Math.min(wait * 2, LONGEST_WAIT));
  };
  waiting.set(form, { go, timer: setTimeout(go, wait * (0.5 + Math.random())) });
}

function kept(form, html, sent) {
  const box = form.querySelector("textarea[name=text]");
  say(form, "saved");
  if (html) nodes(html).querySelectorAll("[data-live]").forEach(morph);
  if (form.hasAttribute("data-keeps-key")) {
    form.elements.key.value = newKey();
    if (box.value === sent || !sent) form.reset();
    say(form, "saved");
  } else if (form.querySelector("input[type=password]") || form.hasAttribute("data-clears")) {
    form.reset();
  } else {
    form.closest("details")?.removeAttribute("open");
  }
  changed();
  if (form.hasAttribute("data-keeps-key")) document.dispatchEvent(new CustomEvent("circle:shared"));
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-send]")) return;
  event.preventDefault();
  send(event.target, event.submitter);
});
const sendAll = () => [...waiting.values()].forEach(({ go }) => go());
addEventListener("online", sendAll);
document.addEventListener("circle:connected", sendAll);

// Speaking: a plain form, posted by fetch. What was typed stays in its box until the server has said that it is kept.
import { ask, changed, morph, nodes, tellOtherTabs } from "./live.js";

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 20000;
// A wrong PIN or passphrase is answered late, on purpose. Giving up sooner would try it again, and be later still.
const LATE_ANSWER = 120000;
// What each form still has to send, in the order it was pressed: the first is on its way, or waits for signal.
const unsent = new Map();

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
  const wrong = key === "over" || (!key && Boolean(more));
  line.classList.toggle("error", wrong);
  if (wrong) form.elements.text?.setAttribute("aria-invalid", "true");
  else form.elements.text?.removeAttribute("aria-invalid");
}

function held(form, submitter) {
  const body = new URLSearchParams(new FormData(form));
  if (submitter?.name) body.append(submitter.name, submitter.value);
  body.delete("key"); // each gets its own when its turn comes
  return body;
}

function press(form, submitter) {
  const body = held(form, submitter);
  const posts = unsent.get(form);
  if (!posts) {
    unsent.set(form, [{ body, wait: FIRST_WAIT }]);
    return send(form);
  }
  // While it waits for signal, what the box holds now is meant in its place. On its way, other words come after it.
  if (posts[0].timer) {
    posts.at(-1).body = body;
    send(form);
  } else if (String(posts.at(-1).body) !== String(body)) {
    posts.push({ body, wait: FIRST_WAIT });
  }
}

// The same form with the same key: the server answers what it has seen before and does not keep it twice.
async function send(form) {
  const posts = unsent.get(form);
  const [post] = posts;
  clearTimeout(post.timer);
  post.timer = 0;
  const body = new URLSearchParams(post.body);
  if (form.elements.key) body.set("key", form.elements.key.value);
  say(form, "sending");
  const secret = form.querySelector("input[type=password]");
  const headers = { "X-Requested-With": "fetch", "X-CSRFToken": document.body.dataset.csrf };
  let answer = null;
  try {
    answer = await ask(form.action, { method: "POST", body, headers }, secret ? LATE_ANSWER : undefined);
  } catch {
    // no signal, or none for long
  }
  if (unsent.get(form) !== posts) return; // the circle was erased meanwhile
  if (!answer || answer.status >= 500) {
    say(form, answer ? "failed" : "waiting");
    post.timer = setTimeout(send, post.wait * (0.5 + Math.random()), form);
    post.wait = Math.min(post.wait * 2, LONGEST_WAIT);
    return;
  }
  if (answer.redirected) return location.replace(answer.url);
  posts.shift();
  if (!posts.length) unsent.delete(form);
  if (form.elements.key) form.elements.key.value = newKey();
  if (answer.ok) kept(form, answer.html, post.body);
  else refused(form, answer.html, secret);
  if (posts.length) send(form);
}

function refused(form, html, secret) {
  say(form, "", (html && nodes(html).querySelector(".error")?.textContent) ?? "");
  secret?.focus();
  secret?.select(); // nobody can see what to mend in it: the next key types it anew
}

function kept(form, html, sent) {
  const box = form.querySelector("textarea[name=text]");
  say(form, "saved");
  if (html) nodes(html).querySelectorAll("[data-live]").forEach(morph);
  if (form.hasAttribute("data-keeps-key")) {
    // What was begun meanwhile stays: other words; after tags alone, whatever was typed or tapped since.
    if (sent.get("text") ? box.value === sent.get("text") : String(held(form)) === String(sent)) form.reset();
    say(form, "saved");
  } else if (form.querySelector("input[type=password]") || form.hasAttribute("data-clears")) {
    form.reset();
  } else {
    form.closest("details")?.removeAttribute("open");
  }
  changed();
  tellOtherTabs();
  if (form.hasAttribute("data-keeps-key") && !unsent.has(form)) document.dispatchEvent(new CustomEvent("circle:shared"));
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-send]")) return;
  event.preventDefault();
  press(event.target, event.submitter);
});
const sendAll = () => unsent.forEach(([post], form) => post.timer && send(form));
addEventListener("online", sendAll);
document.addEventListener("circle:connected", sendAll);
// Nothing is left to send it to, and its answer would only take the page away that says so.
document.addEventListener("circle:gone", () => {
  unsent.forEach(([post]) => clearTimeout(post.timer));
  unsent.clear();
});

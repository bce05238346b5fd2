// A covered console, or a closed one, holds nothing of the circle: its page is taken out of the document whole, with
// all that is half-typed in it, and put back when the cover goes.
import { forget, giveBack, keep } from "./drafts.js";
import { catchUp } from "./live.js";

const STAYS = "#state, #words";
const state = () => document.getElementById("state");
const columns = (root = document) => root.querySelector(".columns");
let away = null;
let place = null;

function cover() {
  keep(columns());
  place = { focused: document.activeElement, top: scrollY };
  away = document.createDocumentFragment();
  away.append(...[...document.body.children].filter((part) => !part.matches(STAYS)));
}

function uncover() {
  forget();
  state().after(away);
  away = null;
  if (location.hash) location.replace(location.hash); // a part that comes back is not the one chosen until it is again
  scrollTo(0, place.top);
  if (place.focused.isConnected) place.focused.focus({ preventScroll: true });
  catchUp(); // a covered console is told of nothing but its cover
}

function follow() {
  if (state().hasAttribute("data-gone")) {
    away = null;
    return forget();
  }
  const isCovered = state().childElementCount > 0;
  if (isCovered && columns()) cover();
  else if (!isCovered && away) return uncover();
  else if (!isCovered && !columns()) return location.reload(); // opened while covered: there is nothing to put back
  if (isCovered && document.activeElement === document.body) state().querySelector("[autofocus]")?.focus();
}

document.addEventListener("circle:changed", follow);

// `no-store` does not keep a page out of the browser's back list, so it leaves its place empty and asks again.
addEventListener("pagehide", () => (document.body.hidden = true));
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

if (columns()) giveBack(columns());

// Which part of the page is in view. Without this script the plain links do the same.

function mark() {
  const tabs = [...document.querySelectorAll("[data-tab]")];
  const hash = location.hash || `#${document.getElementById("main")?.dataset.shows}-page`;
  const here = tabs.find((tab) => tab.hash === hash) ?? tabs[0];
  for (const tab of tabs) {
    if (tab.hash === here.hash) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
}

document.addEventListener("click", (event) => {
  const tab = event.target.closest("a[data-tab]");
  if (!tab) return;
  event.preventDefault();
  location.replace(tab.hash); // the phone's back list holds the page once, not each tap
  scrollTo(0, 0);
});
addEventListener("hashchange", mark);

// A new part of the plan may bring its own page forward, but never to somebody who has begun to do something here.
let touched = false;
for (const sign of ["pointerdown", "keydown", "input"]) addEventListener(sign, () => (touched = true));
document.addEventListener("circle:changed", () => {
  const main = document.getElementById("main");
  const kind = document.getElementById("now")?.dataset.kind;
  if (main?.dataset.shows && kind && !touched) main.dataset.shows = kind;
  mark();
});
mark();

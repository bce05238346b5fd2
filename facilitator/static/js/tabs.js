// Which part of the page is in view. Without this script the plain links do the same.

const tabs = [...document.querySelectorAll("[data-tab]")];

function mark() {
  const here = tabs.find((tab) => tab.hash === location.hash) ?? tabs[0];
  for (const tab of tabs) {
    if (tab === here) tab.setAttribute("aria-current", "page");
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
mark();

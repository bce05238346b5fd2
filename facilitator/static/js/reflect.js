// Three lines to say aloud about one share, and what was tapped with it. What is typed in them is sent and kept nowhere:
// it goes with the cover, with the close, with the share, and with the next one.
const page = document.getElementById("reflect-page");
const blanks = page ? [...page.querySelectorAll("[data-blank]")] : [];
let about = "";

const clear = () => blanks.forEach((blank) => (blank.value = ""));

function tell(share) {
  const quote = page.querySelector("[data-of-share]");
  quote.textContent = share?.querySelector(".words")?.textContent ?? "";
  quote.hidden = !quote.textContent;
  for (const hint of page.querySelectorAll("[data-hint]")) {
    const tapped = [...(share?.querySelectorAll(`.tag.${hint.dataset.hint}`) ?? [])];
    hint.querySelector("span").textContent = tapped.map((tag) => tag.textContent.trim()).join(", ");
    hint.hidden = !tapped.length;
  }
}

function forget() {
  about = "";
  clear();
  tell(null);
}

document.addEventListener("click", ({ target }) => {
  const link = target.closest("[data-reflect]");
  if (!link) return;
  const share = link.closest(".share");
  if (share.id !== about) clear();
  about = share.id;
  page.querySelector("[data-back]").hash = link.closest(".pane").id;
  tell(share);
});
addEventListener("hashchange", () => {
  if (location.hash === "#reflect-page") document.getElementById("reflect-title").focus();
});

document.addEventListener("circle:changed", () => {
  if (!page) return;
  const share = about && document.getElementById(about);
  const isCovered = document.getElementById("state").childElementCount > 0;
  if (isCovered || (about && !share)) forget();
  else if (share) tell(share);
});
addEventListener("pagehide", clear);

// While a group is being typed, what it clashes with is said beside it. Without this script a button asks.
const PAUSE = 300;
const form = document.querySelector("[data-looks]");
const said = document.getElementById("looked");
let asked = 0;
let timer;

async function look() {
  const mine = ++asked;
  const typed = new URLSearchParams(new FormData(form));
  typed.set("look", "yes");
  try {
    const answer = await fetch(form.action, { method: "POST", body: typed, headers: { "X-Requested-With": "fetch" } });
    const words = answer.ok ? await answer.text() : "";
    if (mine === asked) said.textContent = words;
  } catch {
    // No signal: saving says it.
  }
}

form?.addEventListener("change", () => {
  clearTimeout(timer);
  timer = setTimeout(look, PAUSE);
});

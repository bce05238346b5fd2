// The code and the square again, over any part of the console, for half a minute: what the arrive part holds, copied.
const SHOWN = 30000;
const link = document.querySelector("[data-again]");
let shown = null;
let timer = 0;

function hide() {
  clearTimeout(timer);
  shown?.remove();
  shown = null;
}

function show() {
  shown = document.createElement("dialog");
  shown.className = "again";
  shown.setAttribute("aria-label", link.firstChild.textContent.trim());
  fill();
  shown.addEventListener("close", hide);
  shown.addEventListener("click", () => shown.close());
  document.body.append(shown);
  shown.showModal();
  timer = setTimeout(() => shown?.close(), SHOWN);
}

function fill() {
  const parts = document.querySelectorAll("#doors .card, #doors .address, #doors .code, #doors .qr");
  shown.replaceChildren(...[...parts].map((part) => part.cloneNode(true)));
}

link?.addEventListener("click", (event) => {
  event.preventDefault();
  if (shown) shown.close();
  else show();
});
document.addEventListener("circle:changed", () => {
  if (!shown) return;
  // A cover takes the page away, and the code with it.
  if (document.getElementById("doors")) fill();
  else hide();
});

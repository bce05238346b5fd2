// Leave fast: blank first, tell the server in passing, be somewhere plain. Going back shows nothing.

// Who left without a signal still has a seat that nobody gave back. A mark on this tab, which says which page was left
// and nothing of who or where, keeps that page from showing itself again. Whoever has come in anew has another page.
const mark = document.body.dataset.csrf.slice(0, 8);
if (sessionStorage.getItem("left") !== mark) {
  sessionStorage.removeItem("left");
} else {
  const { action, dataset } = document.querySelector("form[data-leave]");
  blank();
  fetch(action, { method: "POST" })
    .then(() => sessionStorage.removeItem("left"))
    .catch(() => {})
    .finally(() => location.replace(dataset.leave));
}

function blank() {
  document.title = "\u00a0";
  document.body.replaceChildren();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-leave]")) return;
  event.preventDefault();
  const { action, dataset } = form;
  blank();
  const gone = fetch(action, { method: "POST", keepalive: true }).catch(() => sessionStorage.setItem("left", mark));
  // A slow answer must not keep somebody here.
  Promise.race([gone, new Promise((done) => setTimeout(done, 300))]).then(() => location.replace(dataset.leave));
});

// `no-store` does not keep a page out of the browser's back list, so it leaves its place empty and asks again.
addEventListener("pagehide", () => (document.body.hidden = true));
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

// Minutes since a dose of naloxone. Counted on this screen, told to nobody, gone with the page.

for (const card of document.querySelectorAll("[data-dose]")) {
  card.hidden = false;
  const since = card.querySelector("[data-since]");
  let given = 0;
  let timer = 0;
  const show = () => {
    const seconds = Math.floor((performance.now() - given) / 1000);
    since.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  };
  card.querySelector("[data-dose-now]").addEventListener("click", () => {
    given = performance.now();
    clearInterval(timer);
    timer = setInterval(show, 1000);
    show();
  });
}

// Finds among the places that help while somebody types. What is typed has no name, goes nowhere, and does not stay.
const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const typed = (place) => [...place.querySelectorAll("[dir]")].map((words) => words.textContent);

for (const list of document.querySelectorAll("[data-places]")) {
  const box = list.querySelector("input");
  const none = list.querySelector("[data-none]");
  const kinds = [...list.querySelectorAll("section")].map((kind) => ({
    kind,
    places: [...kind.querySelectorAll("li")].map((place) => ({
      place,
      words: plain([kind.firstElementChild.textContent, ...typed(place)].join(" ")),
    })),
  }));
  const find = () => {
    const wanted = plain(box.value).split(/\s+/);
    for (const { kind, places } of kinds) {
      for (const { place, words } of places) place.hidden = !wanted.every((one) => words.includes(one));
      kind.hidden = places.every(({ place }) => place.hidden);
    }
    none.textContent = kinds.every(({ kind }) => kind.hidden) ? none.dataset.none : "";
  };
  const forget = () => {
    box.value = "";
    find();
  };
  box.addEventListener("input", find);
  addEventListener("pagehide", forget);
  list.closest("details").addEventListener("toggle", ({ target }) => target.open || forget());
  box.parentElement.hidden = false;
  forget();
}

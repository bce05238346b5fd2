// The ways stand in an order of this phone's own, by lot: none before another. It is kept in this page and nowhere else.

const ways = () => document.querySelectorAll("[data-way]");
const places = new Map([...ways()].map(({ dataset }, at) => [dataset.way, at]));

document.addEventListener("circle:changed", () => {
  for (const { dataset } of ways()) if (!places.has(dataset.way)) places.set(dataset.way, Math.random());
  for (const list of document.querySelectorAll(".ways")) {
    const own = [...list.children].sort((one, other) => places.get(one.dataset.way) - places.get(other.dataset.way));
    if (own.some((way, at) => way !== list.children[at])) list.append(...own);
  }
});

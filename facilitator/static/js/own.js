// Take back and Change, on what this phone wrote; I hear you, on others' notes; and its own order of the ways.
// What a push draws is the same for all.

const own = () => document.getElementById("own");
const ids = (name) => own()?.dataset[name].split(" ").filter(Boolean) ?? [];

function put(share, template) {
  const part = document.getElementById(template).content.firstElementChild.cloneNode(true);
  share.append(part);
  return part;
}

function markOwn() {
  const mine = new Set(ids("mine"));
  const heard = new Set(ids("heard"));
  for (const share of document.querySelectorAll("#checkins > .share, #notes > .share")) {
    const id = share.id.replace("share-", "");
    if (mine.has(id)) markMine(share, id);
    else if (share.parentNode.id === "notes") markHeard(share, id, heard.has(id));
  }
}

function markMine(share, id) {
  share.querySelector("[data-hear]")?.remove(); // the push was here before the answer that said it is mine
  const words = share.querySelector(".words")?.textContent ?? "";
  const there = share.querySelector("[data-own]");
  if (there) {
    // Changed on another tab of this phone, while nothing is being typed here.
    if (!there.querySelector("details").open) there.querySelector("textarea").value = words;
    return;
  }
  const acts = put(share, "own-acts");
  acts.querySelectorAll("form").forEach((form) => (form.action = `/here/shares/${id}/${form.dataset.act}`));
  acts.querySelector("textarea").value = words;
}

function markHeard(share, id, heard) {
  const act = heard ? "unhear" : "hear";
  const old = share.querySelector("[data-hear]");
  if (old?.dataset.hear === act) return;
  const focused = old?.contains(document.activeElement);
  old?.remove();
  const form = put(share, act);
  form.dataset.hear = act;
  form.action = `/here/shares/${id}/${act}`;
  if (focused) form.querySelector("button").focus();
}

// Proof of forgetting: after the erase, ask once more for all that this phone wrote, and show the answer.
async function askOnceMore({ detail: { nodes } }) {
  const place = document.querySelector("[data-proof]");
  const { forgotten } = document.body.dataset;
  if (!place || !forgotten) return;
  const wrote = new URLSearchParams(ids("wrote").map((id) => ["share", id]));
  place.textContent = document.getElementById("words").content.querySelector('[data-say="looking"]').textContent;
  try {
    const answer = await fetch(forgotten, { method: "POST", body: wrote, headers: { "X-Requested-With": "fetch" } });
    place.replaceChildren();
    if (answer.ok) place.replaceChildren(nodes(await answer.text()));
  } catch {
    place.replaceChildren();
  }
}

// The ways stand in an order of this phone's own, by lot: none before another. It is kept in this page and nowhere else.
const ways = () => document.querySelectorAll("[data-way]");
const places = new Map([...ways()].map(({ dataset }, at) => [dataset.way, at]));

function shuffle() {
  for (const { dataset } of ways()) if (!places.has(dataset.way)) places.set(dataset.way, Math.random());
  for (const list of document.querySelectorAll(".ways")) {
    const laid = [...list.children].sort((one, other) => places.get(one.dataset.way) - places.get(other.dataset.way));
    if (laid.some((way, at) => way !== list.children[at])) list.append(...laid);
  }
}

document.addEventListener("circle:changed", markOwn);
document.addEventListener("circle:changed", shuffle);
document.addEventListener("circle:gone", askOnceMore);
markOwn();

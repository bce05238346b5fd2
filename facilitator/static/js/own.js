// Take back, on what this phone wrote and on nothing else. The wall itself is the same for everybody.

function markOwn() {
  const mine = document.getElementById("own")?.dataset.mine.split(" ").filter(Boolean) ?? [];
  for (const id of mine) {
    const share = document.getElementById(`share-${id}`);
    if (!share || share.querySelector("form.own")) continue;
    const form = document.getElementById("take-back").content.firstElementChild.cloneNode(true);
    form.action = `/here/shares/${id}/take-back`;
    share.append(form);
  }
}

document.addEventListener("circle:changed", markOwn);
markOwn();

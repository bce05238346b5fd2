// The box says that it is too full before the server has to, and Pass says that listening counts.
import { say } from "./send.js";

const length = (text) => [...text.trim().normalize("NFC")].length;

document.addEventListener("input", ({ target }) => {
  const longest = Number(target.dataset?.longest);
  if (!longest) return;
  const over = length(target.value) - longest;
  if (over > 0) say(target.form, "over", String(over));
  else say(target.form, "");
});

document.addEventListener("reset", ({ target }) => {
  if (target.querySelector("[data-pass]")) say(target, "passed");
});

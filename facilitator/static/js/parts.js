// The centre of the console follows the part that is on. The leader may look elsewhere, and stays there until the next
// part; nobody who types is moved, and whoever reads the script aloud reads on.
import { socket } from "./live.js";

const SCRIPT = "#script-page";
const plan = () => document.getElementById("plan");
const partOn = () => plan()?.querySelector(".on")?.id;
const goToPart = () => location.replace(`#${plan().dataset.pane}`);
export const typing = (at) => at.closest("input:not([type=checkbox], [type=radio]), textarea, select");

let known = partOn();
if (known && !location.hash) goToPart();

document.addEventListener("circle:changed", () => {
  const on = partOn();
  if (!on || on === known) return;
  known = on;
  if (location.hash !== SCRIPT && !typing(document.activeElement)) goToPart();
});

// The same key, or link, leads to the script and back.
addEventListener(
  "click",
  (event) => {
    if (location.hash !== SCRIPT || !event.target.closest("[data-key-s]")) return;
    event.preventDefault();
    event.stopPropagation();
    goToPart();
  },
  true,
);

// Told by the server, from its own running: no clock of this screen has a say.
socket.on("minutes", ({ said }) => {
  document.querySelectorAll("[data-minutes]").forEach((line) => (line.textContent = said));
});

// A facilitator's page: one key for help, one for blank, never while typing.
import "./live.js";
import "./send.js";
import "./tabs.js";
import "./clock.js";
import "./help.js";
import "./box.js";
import "./cover.js";

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  document.querySelector(`[data-key-${CSS.escape(event.key.toLowerCase())}]`)?.click();
});

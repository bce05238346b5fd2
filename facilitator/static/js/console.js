// A facilitator's page: one key for help, one for blank, never while typing.
import "./live.js";
import "./send.js";
import "./tabs.js";
import "./clock.js";
import "./help.js";
import "./box.js";

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  document.querySelector(`[data-key-${CSS.escape(event.key.toLowerCase())}]`)?.click();
});

// A page that was opened while covered or closed holds nothing to come back to: it reads itself anew.
document.addEventListener("circle:changed", () => {
  const uncovered = document.getElementById("state").childElementCount === 0;
  if (uncovered && !document.querySelector(".columns")) location.reload();
});

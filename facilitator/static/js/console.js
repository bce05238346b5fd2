// A facilitator's page: one key for each thing that is done often, never while typing.
import "./live.js";
import "./send.js";
import "./tabs.js";
import "./clock.js";
import "./help.js";
import "./box.js";
import "./cover.js";
import { typing } from "./parts.js";

document.addEventListener("keydown", (event) => {
  if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key === "?" ? "keys" : CSS.escape(event.key.toLowerCase());
  document.querySelector(`[data-key-${key}]`)?.click();
});

// A member's page.
import "./live.js";
import "./send.js";
import "./own.js";
import "./box.js";
import "./leave.js";
import "./tabs.js";
import "./clock.js";
import "./help.js";
import "./read.js";
import "./shared.js";

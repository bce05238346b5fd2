// Before coming in: help, and the three lines read aloud.
import "./help.js";
import "./read.js";

sessionStorage.removeItem("left"); // they are here again by their own choice (`leave.js`)

// Before coming in: help, and the three lines read aloud.
import "./help.js";
import "./read.js";

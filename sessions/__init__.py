"""The rules and records of a group. Nothing in here knows the web.

The words, the same in code, addresses, templates, tests and on screens:

circle        one meeting, from doors open to erased
member        an anonymous person in one circle, with no existence outside it
facilitator, housing staff, admin
              accounts; each has exactly one role
share         what a member writes, by nobody: a check-in (with tags from drug / set / setting) or a note
pass          writing nothing; it leaves no trace
waiting, wall a share waits until it can appear with others (a handful), then stands on the wall
set aside     hidden by a facilitator, reversible until the close
wipe          gone from the table at once
erase         what happens to every word when a circle closes
db            the SQLAlchemy session, always the first argument of a rule
"""

"use strict";
// The job on Express, as its manual has it.
const express = require("express");
const { PAGE, note, listenOn } = require("./job.js");
const app = express();
const server = require("node:http").createServer(app);
const io = listenOn(server);

app.use(require("cookie-parser")());
app.use(express.urlencoded({ extended: false }));
app.get("/healthz", (_request, response) => response.json({ ok: true }));
app.get("/here", (request, response) => response.type("html").send(PAGE(request.cookies.circle)));
app.post("/here/notes", (request, response) => {
  const status = note(io, request.cookies.circle, request.get("x-csrftoken"), request.body);
  response.status(status).json({ ok: status === 200 });
});

server.listen({ port: Number(process.env.PORT), host: "127.0.0.1", backlog: 4096 });

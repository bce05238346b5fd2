"use strict";
// The job on Fastify, as its manual has it.
const { PAGE, note, listenOn } = require("./job.js");
const app = require("fastify")();
const io = listenOn(app.server);

app.register(require("@fastify/cookie"));
app.register(require("@fastify/formbody"));
app.get("/healthz", async () => ({ ok: true }));
app.get("/here", async (request, reply) => {
  reply.type("text/html");
  return PAGE(request.cookies.circle);
});
app.post("/here/notes", async (request, reply) => {
  const status = note(io, request.cookies.circle, request.headers["x-csrftoken"], request.body);
  reply.code(status);
  return { ok: status === 200 };
});

app.listen({ port: Number(process.env.PORT), host: "127.0.0.1", backlog: 4096 });

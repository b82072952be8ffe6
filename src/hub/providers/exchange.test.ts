import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { exchange } from "./exchange.ts";

const right = JSON.stringify({ id: "7" });
const answers: Record<string, { status: number; body: string; headers?: Record<string, string> }> = {
  "/right": { status: 200, body: right },
  "/refused": { status: 403, body: right },
  "/elsewhere": { status: 307, body: "", headers: { location: "/right" } },
  "/other": { status: 200, body: JSON.stringify({ id: 7 }) },
  "/torn": { status: 200, body: '{"id":' },
  "/endless": { status: 200, body: JSON.stringify({ id: "7", more: "x".repeat(256 * 1024) }) },
};
const server = createServer(({ url }, response) => {
  const { status, body, headers } = answers[url ?? ""] ?? { status: 404, body: "" };
  response.writeHead(status, headers).end(body);
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
afterAll(() => void server.close());
// An address of a server that listens on a port is an object.
const { port } = server.address() as AddressInfo;
const asked = (path: string) => exchange(new URL(path, `http://127.0.0.1:${port}`), {}, z.object({ id: z.string() }));

test("a platform is believed when it answers itself, briefly and as agreed, and not otherwise", async () => {
  expect(await asked("/right")).toEqual({ id: "7" });
  const wrong = ["/refused", "/elsewhere", "/other", "/torn", "/endless", "/nowhere"];
  const outcomes = await Promise.allSettled(wrong.map(asked));
  const failed = { status: "rejected", reason: expect.objectContaining({ code: "hub.by-failed" }) };
  expect(outcomes).toEqual(wrong.map(() => failed));
});

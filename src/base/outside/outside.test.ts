import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterAll, beforeEach, expect, test } from "vitest";
import { isPublicAddress } from "./addresses.ts";
import { openOutside, OutsideFailure, publicPages } from "./outside.ts";

const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url ?? "");
  const [, where = "", rest = ""] = /^\/(\w+)\/?(.*)$/.exec(request.url ?? "") ?? [];
  if (where === "to") return void response.writeHead(302, { location: decodeURIComponent(rest) }).end();
  if (where === "round") return void response.writeHead(302, { location: "/round" }).end();
  if (where === "silent") return;
  if (where === "long") return void response.end("x".repeat(100_000));
  if (where === "drip") return void response.write("a");
  response.setHeader("content-type", where === "picture" ? "image/png" : "text/html").end(`page ${rest}`);
}).listen(0, "127.0.0.1");
await once(server, "listening");
// A server on a port of the internet protocol has such an address.
const { port } = server.address() as AddressInfo;
const home = `http://127.0.0.1:${port}`;
afterAll(() => void server.close());
beforeEach(() => void asked.splice(0));

const usual = { mostMs: 5_000, mostBytes: 1_000, redirects: 3, signal: new AbortController().signal };
/** As in production, but for the port on which this test listens. */
const strict = openOutside({ ...publicPages, ports: [80, 443, port] });
/** With this machine permitted as well. */
const near = openOutside({ ...publicPages, ports: [port], permits: (address) => address === "127.0.0.1" });

async function reasonOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "answered",
    (error: unknown) => (error instanceof OutsideFailure ? error.reason : String(error)),
  );
}

test("only addresses of the public internet are public, however they are written", () => {
  const closed =
    "127.0.0.1 127.9.9.9 0.0.0.0 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 100.127.0.1 " +
    "192.0.0.1 192.0.2.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 " +
    ":: ::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:7f00:1 ::7f00:1 64:ff9b::7f00:1 64:ff9b:1::1 100::1 2001::1 2001:db8::1 " +
    "2002:7f00:1::1 3fff::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1 not-an-address";
  for (const address of closed.split(" ")) expect([address, isPublicAddress(address)]).toEqual([address, false]);
  for (const address of "8.8.8.8 1.1.1.1 100.63.0.1 172.32.0.1 193.0.0.1 2606:4700::1111 2a00:1450::1".split(" "))
    expect([address, isPublicAddress(address)]).toEqual([address, true]);
});

test("this machine and its network cannot be reached by any spelling of their addresses, nor by a name", async () => {
  const spellings = ["127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "localhost"];
  for (const host of spellings) expect(await reasonOf(strict.ask(`http://${host}:${port}/page`, usual))).toBe("closed");
  for (const host of ["[::1]", "[::ffff:127.0.0.1]", "169.254.169.254", "[fe80::1]"])
    expect(await reasonOf(strict.ask(`http://${host}/page`, usual))).toBe("closed");
  expect(asked).toEqual([]);
});

test("only web pages on their usual ports are asked for, without anybody's password", async () => {
  const wrong = [
    "ftp://8.8.8.8/",
    "file:///etc/passwd",
    "gopher://8.8.8.8/",
    "data:text/html,hi",
    "nonsense",
    "https://",
  ];
  const ports = ["http://8.8.8.8:22/", "http://8.8.8.8:5432/", "https://u:p@8.8.8.8/"];
  for (const address of [...wrong, ...ports])
    expect([address, await reasonOf(openOutside(publicPages).ask(address, usual))]).toEqual([address, "address"]);
});

test("a redirect is judged like the first address, and three are followed at most", async () => {
  const to = (address: string): string => `${home}/to/${encodeURIComponent(address)}`;
  expect((await near.ask(to(to(to("/page/here"))), usual)).body.toString()).toBe("page here");
  expect(await reasonOf(near.ask(`${home}/round`, usual))).toBe("redirects");
  for (const away of ["http://127.0.0.2/", "http://[::1]/", "http://169.254.169.254/latest/meta-data"])
    expect(await reasonOf(near.ask(to(away), usual))).toMatch(/^(?:closed|address)$/);
  expect(await reasonOf(near.ask(to("file:///etc/passwd"), usual))).toBe("address");
  const both = openOutside({ ...publicPages, ports: [80, port], permits: (address) => address === "127.0.0.1" });
  expect(await reasonOf(both.ask(to("http://169.254.169.254/latest/meta-data"), usual))).toBe("closed");
});

test("what is too long is cut, what is not wanted stays unread, and what never ends is given up", async () => {
  expect((await near.ask(`${home}/long`, usual)).body).toHaveLength(1_000);
  const pages = { ...usual, wants: ({ type }: { type: string }) => type === "text/html" };
  expect((await near.ask(`${home}/picture`, pages)).body).toHaveLength(0);
  expect((await near.ask(`${home}/page/a`, pages)).body.toString()).toBe("page a");
  expect(await reasonOf(near.ask(`${home}/silent`, { ...usual, mostMs: 100 }))).toBe("slow");
  expect(await reasonOf(near.ask(`${home}/drip`, { ...usual, mostMs: 100 }))).toBe("slow");
});

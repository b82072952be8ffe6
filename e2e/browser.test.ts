import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { installedChromium, launch, packedChromium, type Chromium } from "./browser.ts";

let server: Server;
let address: string;

beforeAll(async () => {
  server = createServer((_, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(`<title>Вече</title><button onclick="this.textContent = 'Принято'">Принять</button>`);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  // A TCP server's address is always an object.
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

afterAll(() => server.close());

async function pressesAButton(chromium: Chromium | undefined): Promise<string | null> {
  if (chromium === undefined) return null;
  const browser = await launch(chromium);
  try {
    const page = await browser.newPage();
    await page.goto(address);
    await page.getByRole("button", { name: "Принять" }).click();
    return await page.getByRole("button").textContent();
  } finally {
    await browser.close();
  }
}

const installed = installedChromium();
const packed = packedChromium();

test.skipIf(installed === undefined)("an installed Chromium opens a page and presses a button", async () => {
  expect(await pressesAButton(installed)).toBe("Принято");
});

test.skipIf(packed === undefined)("the Chromium from npm opens a page and presses a button", async () => {
  expect(await pressesAButton(packed)).toBe("Принято");
});

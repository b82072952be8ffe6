import { describe, expect, test } from "vitest";
import { ownPath } from "./kit/own-path.ts";
import { isOwnWrite, pageHeaders } from "./security.ts";
import { tasteOf } from "./visit.ts";

const headers = (values: Record<string, string>) => new Headers(values);

describe("how a page looks", () => {
  test("follows the person's settings before the browser's cookies, and cookies before its headers", () => {
    const visit = headers({ cookie: "veche_language=ru; veche_theme=dark", "accept-language": "en" });
    expect(tasteOf(visit, {})).toMatchObject({ language: "ru", theme: "dark" });
    expect(tasteOf(visit, { language: "en", theme: "light" })).toMatchObject({ language: "en", theme: "light" });
    expect(tasteOf(headers({ "accept-language": "ru-RU,ru;q=0.9" }), {})).toMatchObject({
      language: "ru",
      theme: "auto",
    });
  });

  test("keeps a theme turned a moment ago, though the settings have not heard of it yet", () => {
    const turned = headers({ cookie: "veche_theme=dark*" });
    expect(tasteOf(turned, { theme: "light" })).toMatchObject({ theme: "dark" });
    expect(tasteOf(turned, {})).toMatchObject({ theme: "dark" });
    expect(tasteOf(headers({ cookie: "veche_theme=neon*" }), { theme: "light" })).toMatchObject({ theme: "light" });
  });

  test("tells times in the zone of the person or of their browser, and knows when it had to guess", () => {
    const known = headers({ cookie: "veche_zone=Asia%2FOmsk" });
    expect(tasteOf(known, {})).toMatchObject({ timeZone: "Asia/Omsk", zoneGuessed: false });
    expect(tasteOf(known, { timeZone: "Europe/Riga" })).toMatchObject({ timeZone: "Europe/Riga" });
    expect(tasteOf(headers({}), {})).toMatchObject({ timeZone: "UTC", zoneGuessed: true });
  });

  test("does not depend on what another program wrote into our cookies", () => {
    const visit = headers({ cookie: "veche_language=%E0%A4%A; veche_theme=neon; veche_zone=Atlantis/Deep" });
    expect(tasteOf(visit, {})).toEqual({
      language: "en",
      theme: "auto",
      timeZone: "UTC",
      zoneGuessed: true,
      railFolded: false,
    });
  });
});

describe("a write", () => {
  const post = (values: Record<string, string>) =>
    new Request("http://veche.test/taste", { method: "POST", headers: values });

  test("from another site is refused", () => {
    expect(isOwnWrite(post({ "sec-fetch-site": "cross-site" }), "veche.test")).toBe(false);
    expect(isOwnWrite(post({ origin: "https://evil.test" }), "veche.test")).toBe(false);
    expect(isOwnWrite(post({ origin: "null" }), "veche.test")).toBe(false);
  });

  test("from our own pages passes, also behind a proxy that speaks https", () => {
    expect(isOwnWrite(post({ "sec-fetch-site": "same-origin" }), "veche.test")).toBe(true);
    expect(isOwnWrite(post({ origin: "https://veche.test" }), "veche.test")).toBe(true);
  });
});

test("after signing in nobody is led to another site", () => {
  expect(ownPath("/console/camp", "/console")).toBe("/console/camp");
  for (const path of ["//evil.test", "/\\evil.test", "https://evil.test", "", undefined]) {
    expect(ownPath(path, "/console")).toBe("/console");
  }
});

test("scripts run only with the nonce of their page", () => {
  const policy = pageHeaders("abc")["Content-Security-Policy"] ?? "";
  expect(policy).toContain("script-src 'self' 'nonce-abc'");
  expect(policy).not.toContain("script-src 'self' 'nonce-abc' 'unsafe-inline'");
  expect(policy).toContain("frame-ancestors 'none'");
});

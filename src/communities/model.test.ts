import { expect, test } from "vitest";
import { slugOf, slugSchema } from "./model.ts";

test("a name in Russian becomes an address that can be read aloud", () => {
  expect(slugOf("Чай и кофе: клуб любителей")).toBe("chai-i-kofe-klub-liubitelei");
  expect(slugOf("Подъезд №5")).toBe("podieezd-no5");
  expect(slugOf("Ёлка")).toBe("elka");
});

test("accents are dropped and signs become hyphens, but never at an end", () => {
  expect(slugOf("  Café — Zürich!  ")).toBe("cafe-zurich");
  expect(slugOf("C++ & Rust")).toBe("c-rust");
});

test("a name without a single letter of ours still gets an address", () => {
  expect(slugOf("日本語")).toBe("community");
  expect(slugOf("🎉")).toBe("community");
});

test("whatever the name, the address is a valid one", () => {
  for (const name of ["a".repeat(200), "ы-".repeat(60), "--", "A  B", "ЩЩЩ".repeat(30)]) {
    expect(slugSchema.safeParse(slugOf(name)).success).toBe(true);
  }
});

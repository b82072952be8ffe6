import { expect, test } from "vitest";
import { decoded, encoded } from "./encoded.ts";

test("no sign of a text means anything in markup, and the text comes back as it was", () => {
  const text = `<img src='x' onerror="alert(1)"> & &amp; «кавычки»`;
  expect(encoded(text)).toBe("&lt;img src=&#39;x&#39; onerror=&quot;alert(1)&quot;&gt; &amp; &amp;amp; «кавычки»");
  expect(decoded(encoded(text))).toBe(text);
  expect(encoded("plain")).toBe("plain");
  // Each sign by itself: one quotation mark is enough to end an attribute.
  expect(["&", "<", ">", '"', "'"].map((sign) => encoded(sign))).toEqual(["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"]);
});

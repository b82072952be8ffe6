import { expect, test } from "vitest";
import { readDomain } from "./model.ts";
import { shownDomain } from "./shown.ts";
import { inwardAddress, outward, outwardAddress } from "../site/outward.ts";

const URL_OF_INSTALL = "https://veche.brand.com";
const domain = { origin: "https://forum.brand.com", prefix: "/c/dawn" };

test("a domain is taken as people type it, and everything that is none is refused", () => {
  const read = (typed: string): unknown => readDomain(typed, URL_OF_INSTALL);
  for (const typed of ["forum.brand.com", "https://Forum.Brand.com/", " forum.brand.com. "])
    expect(read(typed)).toEqual({ domain: "forum.brand.com" });
  expect(read("форум.бренд.рф")).toEqual({ domain: "xn--l1adgmc.xn--90agc6an.xn--p1ai" });
  expect(shownDomain("xn--l1adgmc.xn--90agc6an.xn--p1ai")).toBe("форум.бренд.рф");
  expect(read("veche.brand.com")).toEqual({ fault: "own-address" });
  const wrong =
    "brand 127.0.0.1 2130706433 0x7f.1 [::1] localhost a.localhost router.local x.internal forum.brand.com:8080 "
      .concat("u@forum.brand.com forum.brand.com/x forum.brand.com?x -a.com a..com forum_a.com 1.2.3 ftp://a.com")
      .split(" ");
  for (const typed of [...wrong, "a b.com", `${"a".repeat(64)}.com`, `${"abc.".repeat(70)}com`])
    expect([typed, read(typed)]).toEqual([typed, { fault: "not-a-domain" }]);
});

test("at the domain pages lead to short addresses, and what members wrote stays as it is", () => {
  const page = [
    '<body data-home="/c/dawn"><a href="/c/dawn">x</a><a href="/c/dawn/t/5-tea?page=2#post-7">y</a>',
    '<form action="/c/dawn/search"><input value="/c/dawn/t/5"></form><img src="/c/dawn/files/1">',
    '<a href="/c/dawn-2/t/5">other</a><link href="/c/-/hub-1.css"><p>href=&quot;/c/dawn/t/5&quot; /c/dawn/t/5</p>',
    '<link rel="canonical" href="https://forum.brand.com/c/dawn/t/5-tea"><loc>https://forum.brand.com/c/dawn</loc>',
  ].join("");
  expect(outward(page, domain)).toBe(
    [
      '<body data-home=""><a href="/">x</a><a href="/t/5-tea?page=2#post-7">y</a>',
      '<form action="/search"><input value="/c/dawn/t/5"></form><img src="/files/1">',
      '<a href="/c/dawn-2/t/5">other</a><link href="/c/-/hub-1.css"><p>href=&quot;/c/dawn/t/5&quot; /c/dawn/t/5</p>',
      '<link rel="canonical" href="https://forum.brand.com/t/5-tea"><loc>https://forum.brand.com</loc>',
    ].join(""),
  );
  expect(outward(JSON.stringify({ html: '<a href="/c/dawn/t/5">' }), domain)).toBe(
    JSON.stringify({ html: '<a href="/t/5">' }),
  );
  expect(outward(page)).toBe(page);
  expect(
    ["/c/dawn", "/c/dawn/t/5", "/c/dawn?x", "/c/dawn-2", "https://id.example/"].map((at) => outwardAddress(at, domain)),
  ).toEqual(["/", "/t/5", "/?x", "/c/dawn-2", "https://id.example/"]);
  expect(["/", "/t/5", "/c/dawn/t/5", "/c/dawn-2"].map((at) => inwardAddress(at, domain))).toEqual([
    "/c/dawn",
    "/c/dawn/t/5",
    "/c/dawn/t/5",
    "/c/dawn/c/dawn-2",
  ]);
});

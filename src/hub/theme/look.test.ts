import { expect, test } from "vitest";
import { testDatabase } from "#src/base/testing/database.ts";
import { openCamp, PASSWORD } from "../testing/camp.ts";

const databases = await testDatabase();
const camp = await openCamp(databases);
const { slug: community } = camp.facts;
const sheets = (text: string): string[] => [...text.matchAll(/href="(\/c\/-\/look-[^"]+)"/g)].map(([, at = ""]) => at);

test("the team gives the hub its colours, guests see them at once, and the change can be taken back", async () => {
  const guest = camp.guest();
  expect(sheets((await guest.page("")).text)).toEqual([]);
  const done = await camp.team.setUp.setLook({ community, brand: "#FF5AA5", second: null });
  expect(done).toEqual({ brand: "#ff5aa5", second: null, before: { brand: null, second: null } });
  const [sheet = ""] = sheets((await guest.page("")).text);
  const file = await guest.open(sheet);
  expect(file.headers.get("cache-control")).toContain("immutable");
  expect(file.headers.get("content-type")).toContain("text/css");
  await expect(camp.team.setUp.setLook({ community, brand: "pink", second: null })).rejects.toMatchObject({
    code: "request.invalid",
  });
  await camp.team.setUp.setLook({ community, ...done.before });
  expect(sheets((await guest.page("")).text)).toEqual([]);
});

test("a guest chooses light or dark without script and comes back to the page", async () => {
  const guest = camp.guest();
  const page = await guest.page("/topics");
  expect(page.text).toContain('<button name="theme" value="auto" aria-pressed="true">');
  const sent = await guest.send("/theme", { theme: "dark", to: `/c/${community}/topics` });
  expect(sent).toMatchObject({ status: 303, location: `/c/${community}/topics` });
  expect(guest.cookie("veche_theme")).toBe("dark");
  await guest.send("/theme", { theme: "purple", to: "" });
  expect(guest.cookie("veche_theme")).toBe("dark");
});

test("what a member chose waits for them in the next browser they sign in with", async () => {
  const anna = await camp.member("anna");
  await anna.send("/theme", { theme: "dark", to: "" });
  const other = camp.guest();
  await other.send("/sign-in", { email: anna.email, password: PASSWORD, to: "" });
  expect(other.cookie("veche_theme")).toBe("dark");
  const boris = await camp.member("boris");
  expect(boris.cookie("veche_theme")).toBe("");
});

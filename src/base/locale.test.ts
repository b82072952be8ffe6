import { describe, expect, test } from "vitest";
import { currentLocale, inLocale, preferredLocale, writeNumber } from "./locale.ts";

describe("the reader's language", () => {
  test("a first visit speaks the language the browser likes best among ours", () => {
    expect(preferredLocale("de-DE,de;q=0.9,ru;q=0.8,en;q=0.7")).toBe("ru");
    expect(preferredLocale("en-US,en;q=0.9,ru;q=0.8")).toBe("en");
    expect(preferredLocale("ru;q=0.2, en;q=0.9")).toBe("en");
    expect(preferredLocale("ru;q=0")).toBe("en");
    expect(preferredLocale(null)).toBe("en");
  });

  test("two requests at once do not hear each other's language", async () => {
    const said = await Promise.all(
      (["en", "ru"] as const).map((locale) =>
        inLocale(locale, async () => {
          await new Promise((resolve) => setTimeout(resolve, 5));
          return currentLocale();
        }),
      ),
    );
    expect(said).toEqual(["en", "ru"]);
    expect(currentLocale()).toBe("en");
  });

  test("thousands are parted by a comma in English and by a thin space in Russian", () => {
    expect(writeNumber(1_284_000.5, "en")).toBe("1,284,000.5");
    expect(writeNumber(1_284_000.5, "ru")).toBe("1\u202F284\u202F000,5");
  });
});

import { expect, test } from "vitest";
import { innerQuotes } from "./quotes.ts";

test("a name between quotation marks bears the inner ones of the reader's language", () => {
  expect(innerQuotes("Клуб «Рассвет»", "ru")).toBe("Клуб „Рассвет“");
  expect(innerQuotes("The “Dawn” club", "en")).toBe("The ‘Dawn’ club");
});

test("marks of another language are left as somebody wrote them", () => {
  expect(innerQuotes("Клуб «Рассвет»", "en")).toBe("Клуб «Рассвет»");
  expect(innerQuotes("The “Dawn” club", "ru")).toBe("The “Dawn” club");
  expect(innerQuotes("no marks", "ru")).toBe("no marks");
});

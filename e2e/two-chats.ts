/** The same small circle on two platforms: an export of Telegram, and lines of another chat in Latin letters. */

interface Line {
  readonly by: string;
  readonly text: string;
}

const START = Date.UTC(2026, 9, 5, 9);
const STEP = 5 * 3_600_000;

const telegram: readonly Line[] = [
  { by: "Серебряный Зимородок", text: "Доброе утро! Кто сегодня варит?" },
  { by: "Полуночная Выпь", text: "Я варю. My slack is midnight_bittern, пишите туда" },
  { by: "Серебряный Зимородок", text: "Отлично, зайду к шести." },
  { by: "Тихий Свиристель", text: "А декаф будет?" },
  { by: "Полуночная Выпь", text: "Будет." },
];

const other: readonly Line[] = [
  { by: "Serebryanyi Zimorodok", text: "Good morning from the other side" },
  { by: "midnight_bittern", text: "The grinder is repaired" },
  { by: "Serebryanyi Zimorodok", text: "Great news" },
  { by: "teal", text: "When is the tasting?" },
  { by: "midnight_bittern", text: "On Friday" },
];

const idOf = (name: string): number =>
  Array.from(name).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 900_000, 7);

/** `result.json` of Telegram Desktop. */
export function telegramExport(): string {
  const messages = telegram.map(({ by, text }, place) => {
    const at = START + place * STEP;
    return {
      id: place + 1,
      type: "message",
      date: new Date(at).toISOString().slice(0, 19),
      date_unixtime: String(at / 1000),
      from: by,
      from_id: `user${idOf(by)}`,
      text,
      text_entities: [{ type: "plain", text }],
    };
  });
  return JSON.stringify({ name: "Brewers", type: "private_supergroup", id: 4242, messages });
}

/** Lines with our own field names. */
export function otherExport(): string {
  return other
    .map(({ by, text }, place) =>
      JSON.stringify({
        id: String(place + 1),
        space: "brewers",
        sentAt: new Date(START + 3_600_000 + place * STEP).toISOString(),
        authorId: `u${idOf(by)}`,
        authorName: by,
        text,
      }),
    )
    .join("\n");
}

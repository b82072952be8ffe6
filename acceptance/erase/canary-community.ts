import type { IncomingBatch, IncomingMessage } from "#src/platforms/model.ts";

const START = Date.UTC(2025, 0, 1);
const YEAR_MS = 365 * 86_400_000;
/** Messages in one batch, as imports have them. */
const BATCH = 5_000;
/** One message in so many is the canary's; one in so many of the others names them. */
const OWN = 10;
const NAMING = 20;
const PEOPLE = 2_000;

/** The person who is everywhere. Nobody bears this name. */
export const canary = {
  externalId: "9900112233",
  name: "Пёстрая Канарейка",
  username: "speckled_canary",
  kind: "person",
} as const;

/** Strings of the canary, each of which must be in their archive and nowhere else once they are erased. */
export const canaryStrings = [
  "Пёстрая Канарейка",
  "speckled_canary",
  "9900112233",
  "canary-nest.example",
  "canary-own-words",
  "canary-cv.pdf",
] as const;

/** The same as one pattern, in any case. */
export const canaryPattern = /пёстрая\s+канарейка|speckled_canary|9900112233|canary-nest|canary-own-words|canary-cv/iu;

function own(n: number): Partial<IncomingMessage> {
  return {
    author: canary,
    text: `canary-own-words ${n}: ask Пёстрая Канарейка`,
    ...(n % 100 === 0 && { links: [{ domain: "canary-nest.example", url: `https://canary-nest.example/${n}` }] }),
    ...(n % 200 === 0 && { details: { file_name: "canary-cv.pdf" } }),
  };
}

function ofOthers(n: number): Partial<IncomingMessage> {
  const naming = [
    "thanks @speckled_canary!",
    "спроси, пёстрая канарейка знает",
    "tg://user?id=9900112233",
    "t.me/speckled_canary",
  ];
  return {
    author: {
      externalId: `1${n % PEOPLE}`,
      name: `Reed ${n % PEOPLE}`,
      username: `reed_${n % PEOPLE}`,
      kind: "person",
    },
    text:
      n % NAMING === 1 ? (naming[((n / NAMING) % naming.length) | 0] ?? "") : `line ${n} about nothing in particular`,
    ...(n % 997 === 0 && { forwardedFrom: canary.name }),
  };
}

function message(n: number, total: number): IncomingMessage {
  return {
    spaceExternalId: n % 3 === 0 ? "den" : "hall",
    externalId: String(n),
    sentAt: START + Math.floor((n / total) * YEAR_MS),
    kind: "text",
    isQuestion: n % 11 === 0,
    links: [],
    reactions: n % 7 === 0 ? [{ emoji: "👍", count: 1 + (n % 3) }] : [],
    ...(n % 4 === 0 && n > 3 && { replyToExternalId: String(n - 3) }),
    ...({ author: canary, text: "" } as const),
    ...(n % OWN === 0 ? own(n) : ofOthers(n)),
  };
}

/** A year of a community in which the canary is everywhere, batch by batch, the same every time. */
export function* canaryYear(total: number): Generator<IncomingBatch> {
  const spaces = ["hall", "den"].map((name) => ({ externalId: name, name, kind: "chat" as const }));
  for (let from = 0; from < total; from += BATCH) {
    const count = Math.min(BATCH, total - from);
    const moves =
      from === 0
        ? [
            {
              spaceExternalId: "hall",
              externalId: "m",
              position: 0,
              member: canary,
              name: canary.name,
              kind: "joined" as const,
              happenedAt: START,
            },
          ]
        : [];
    yield { spaces, messages: Array.from({ length: count }, (_, n) => message(from + n, total)), moves };
  }
}

/** From the first message to the last. */
export const canarySpan = { firstAt: START, lastAt: START + YEAR_MS };

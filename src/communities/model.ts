import { z } from "zod";
import { isTimeZone } from "#src/base/clock.ts";
import { locales } from "#src/base/locale.ts";

/** Words that are addresses of their own, where a community's slug would stand. */
export const reservedSlugs: ReadonlySet<string> = new Set(
  "api app assets communities console events find health held hub install kit me metrics new sample settings sign-in sign-out start taste veche".split(
    " ",
  ),
);

/** A community's short name in addresses: latin letters, digits and hyphens between them. 63 is what a host name may have. */
export const slugSchema = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
  .refine((slug) => !reservedSlugs.has(slug), { error: "not a word of Veche's own addresses" });

/** The name people give their community. */
export const communityNameSchema = z.string().trim().min(1).max(100);

/** A time zone of the tz database; the community's days begin by it. */
export const timeZoneSchema = z.string().min(1).max(64).refine(isTimeZone, { error: "IANA time zone" });

/** A community: its spaces, people and log belong to it alone. */
export const communitySchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  language: z.enum(locales).describe("What the team's texts to the community are written in"),
  timeZone: z.string().describe("By its clock days begin"),
  createdAt: z.iso.datetime(),
  isSample: z.boolean().describe("Made up by Veche, to look round in: nobody in it is real"),
  deletedAt: z.iso.datetime().nullable().describe("Deleted then, and erased 30 days later; null: it lives"),
});
export type Community = z.infer<typeof communitySchema>;

/** How long a deleted community can be brought back. */
export const DELETED_DAYS = 30;

/** A deleted community that can still be brought back. */
export const deletedCommunitySchema = z.object({
  slug: z.string(),
  name: z.string(),
  deletedAt: z.iso.datetime(),
  erasedAt: z.iso.datetime().describe("From then on it cannot be brought back"),
});
export type DeletedCommunity = z.infer<typeof deletedCommunitySchema>;

export const spaceKinds = ["chat", "channel", "board", "topic"] as const;

/** A place where people write: a chat, a channel, a board or a topic inside one of them. */
export const spaceSchema = z.object({
  id: z.uuid(),
  platform: z.string(),
  externalId: z.string().describe("Its id on the platform"),
  name: z.string(),
  kind: z.enum(spaceKinds),
  parentId: z.uuid().nullable(),
  createdAt: z.iso.datetime(),
});
export type Space = z.infer<typeof spaceSchema>;

/** Russian letters in Latin ones, as in passports (ICAO Doc 9303, part 3, section 6 B), with the signs left out. */
const latin: Readonly<Record<string, string>> = {
  а: "a",
  б: "b",
  в: "v",
  г: "g",
  д: "d",
  е: "e",
  ё: "e",
  ж: "zh",
  з: "z",
  и: "i",
  й: "i",
  к: "k",
  л: "l",
  м: "m",
  н: "n",
  о: "o",
  п: "p",
  р: "r",
  с: "s",
  т: "t",
  у: "u",
  ф: "f",
  х: "kh",
  ц: "ts",
  ч: "ch",
  ш: "sh",
  щ: "shch",
  ъ: "ie",
  ы: "y",
  ь: "",
  э: "e",
  ю: "iu",
  я: "ia",
  і: "i",
  ї: "i",
  є: "ie",
  ґ: "g",
  ў: "u",
};

/** A slug made of a name; `community` when the name has no letter or digit that could stand in one. */
export function slugOf(name: string): string {
  const letters = name
    .toLowerCase()
    .normalize("NFC")
    .replace(/[\u0400-\u04ff]/g, (letter) => latin[letter] ?? letter);
  const plain = letters.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const slug = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
  return slug.slice(0, 48).replace(/-+$/, "") || "community";
}

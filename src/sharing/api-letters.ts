import { z } from "zod";
import type { CommunityCall } from "#src/accounts/call.ts";
import { installProcedure, procedure } from "#src/accounts/procedure.ts";
import { newId } from "#src/base/ids.ts";
import { letterState } from "#src/base/mail/post.ts";
import { refuse } from "#src/base/refusal.ts";
import { communityById } from "#src/communities/queries.ts";
import { postIssue, writeIssue } from "./letters/issue.ts";
import { nextSending } from "./letters/rhythm.ts";
import { readStop } from "./letters/stop.ts";
import {
  dropLetter,
  letterById,
  type LetterRow,
  type LetterSettings,
  lettersOf,
  noteWish,
  type ReaderRow,
  readerById,
  readersOf,
  saveLetter,
  saveReaders,
} from "./letters/store.ts";
import { namesOfSpaces } from "./links/store.ts";
import {
  type AuditLetter,
  auditLetterSchema,
  isDayOf,
  type LetterReader,
  letterWishShape,
  type Rhythm,
} from "./model.ts";

const tags: readonly [string] = ["Sharing"];
const byId = z.object({ letter: z.uuid() });
const done = z.object({ done: z.literal(true) });

async function describeReader({ databases }: CommunityCall, row: ReaderRow): Promise<LetterReader> {
  const last = row.postId === null ? undefined : await letterState(databases.owner, row.postId);
  const { email, stoppedAt } = row;
  return { email, wantsIt: stoppedAt === null, last: last?.state ?? null, failure: last?.failure ?? null };
}

async function describe(context: CommunityCall, row: LetterRow): Promise<AuditLetter> {
  const { community, run } = context;
  const { id, every, day, hour, timeZone, language, paused } = row;
  const [spaces, rows] = await run(async (tx) => [
    await namesOfSpaces(tx, community, row.spaces),
    await readersOf(tx, community, [id]),
  ]);
  return {
    id,
    every,
    day,
    hour,
    timeZone,
    language,
    paused,
    spaces,
    names: row.showsNames,
    createdBy: row.createdByName,
    nextAt: row.nextAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
    failure: row.failure === null ? null : { code: row.failure, at: (row.failedAt ?? row.nextAt).toISOString() },
    readers: await Promise.all(rows.map((reader) => describeReader(context, reader))),
  };
}

async function find({ run, community }: CommunityCall, id: string): Promise<LetterRow> {
  const found = await run((tx) => letterById(tx, community, id));
  return found ?? refuse("not-found", "sharing.no-such-letter");
}

/** Keeps a letter with its readers, and works out when it goes out next. */
async function save(
  context: CommunityCall,
  letter: Omit<LetterSettings, "nextAt"> & {
    id: string;
    createdByName: string;
    readers: readonly string[] | undefined;
  },
): Promise<AuditLetter> {
  const { community, run, now } = context;
  const { id, readers } = letter;
  if (!isDayOf(letter)) return refuse("invalid", "sharing.no-such-day");
  await run(async (tx) => {
    await saveLetter(tx, community, { ...letter, nextAt: nextSending(letter, now()), now: now() });
    if (readers !== undefined) await saveReaders(tx, community, { id, readers, now: now() });
  });
  return describe(context, await find(context, id));
}

/** Letters with the figures of each week or month, for those who arrange them. */
const letters = {
  list: procedure({
    method: "GET",
    path: "/communities/{community}/audit-letters",
    operationId: "listAuditLetters",
    permission: "analytics.share",
    summary: "Letters with the figures of each week or month, and how the last ones fared",
    tags,
    output: z.object({
      items: z.array(auditLetterSchema),
      mail: z.boolean().describe("Whether this installation has a mail server; without one no letter goes out"),
    }),
    handler: async ({ context }) => {
      const rows = await context.run((tx) => lettersOf(tx, context.community));
      return {
        items: await Promise.all(rows.map((row) => describe(context, row))),
        mail: context.mailer.works,
      };
    },
  }),
  create: procedure({
    method: "POST",
    path: "/communities/{community}/audit-letters",
    operationId: "createAuditLetter",
    permission: "analytics.share",
    summary: "Arrange a letter with the figures of each week or month",
    tags,
    status: 201,
    input: z.object(letterWishShape),
    output: auditLetterSchema,
    handler: async ({ input: { names, ...wish }, context }) => {
      if (!context.mailer.works) return refuse("conflict", "sharing.no-mail-server");
      const made = { id: newId(context.now()), createdByName: context.actor.name, paused: false };
      return save(context, { ...wish, ...made, showsNames: names });
    },
  }),
  change: procedure({
    method: "PATCH",
    path: "/communities/{community}/audit-letters/{letter}",
    operationId: "changeAuditLetter",
    permission: "analytics.share",
    summary: "Change a letter, or let it rest for a while",
    description: "Who stopped the letter by the link in it stays without it, also when named again.",
    tags,
    input: z.object({ ...z.object(letterWishShape).partial().shape, ...byId.shape, paused: z.boolean().optional() }),
    output: auditLetterSchema,
    handler: async ({ input: { letter, names, readers, ...wish }, context }) => {
      const row = await find(context, letter);
      const { id, createdByName } = row;
      const rhythm: Rhythm = {
        every: wish.every ?? row.every,
        day: wish.day ?? row.day,
        hour: wish.hour ?? row.hour,
        timeZone: wish.timeZone ?? row.timeZone,
      };
      return save(context, {
        ...rhythm,
        id,
        createdByName,
        readers,
        language: wish.language ?? row.language,
        spaces: wish.spaces ?? row.spaces,
        showsNames: names ?? row.showsNames,
        paused: wish.paused ?? row.paused,
      });
    },
  }),
  remove: procedure({
    method: "DELETE",
    path: "/communities/{community}/audit-letters/{letter}",
    operationId: "deleteAuditLetter",
    permission: "analytics.share",
    summary: "End a letter for all of its readers",
    tags,
    input: byId,
    output: done,
    handler: async ({ input, context: { run, community } }) => {
      const gone = await run((tx) => dropLetter(tx, community, input.letter));
      return gone ? { done: true as const } : refuse("not-found", "sharing.no-such-letter");
    },
  }),
  test: procedure({
    method: "POST",
    path: "/communities/{community}/audit-letters/{letter}/test",
    operationId: "testAuditLetter",
    permission: "analytics.share",
    summary: "Send the letter to yourself, now",
    tags,
    input: byId,
    output: z.object({ to: z.string() }),
    handler: async ({ input, context }) => {
      const { caller, mailer, databases, limits } = context;
      if (caller.kind !== "person") return refuse("conflict", "sharing.trial-needs-person");
      if (!mailer.works) return refuse("conflict", "sharing.no-mail-server");
      limits.take("shared.letter", caller.profile.id);
      const letter = await find(context, input.letter);
      const issue = await writeIssue(context, letter);
      const { email } = caller.profile;
      await databases.asOwner((tx) => postIssue(tx, context, { letter, issue, readers: [{ email }] }));
      return { to: email };
    },
  }),
};

const reading = z.object({
  community: z.string().describe("Its name"),
  email: z.string().describe("Its beginning and its server"),
  wantsIt: z.boolean(),
});

/** Enough of an address for its owner to know it, and too little for anybody else. */
function hinted(email: string): string {
  const [name = "", server = ""] = email.split("@");
  return `${name.slice(0, 2)}…@${server}`;
}

const token = z.string().min(1).max(400);

/** Who a link in a letter stands for, and a word from them. */
const reader = {
  get: installProcedure({
    method: "GET",
    path: "/letter-readers/{token}",
    operationId: "getLetterReader",
    permission: "public",
    summary: "Whether a reader wants the letters that a link in them stands for",
    tags,
    input: z.object({ token }),
    output: reading,
    handler: async ({ input, context: { databases, secrets, limits, address } }) => {
      limits.take("shared.address", address);
      const found = readStop(secrets, input.token);
      const row = found && (await readerById(databases.owner, found.community, found.reader));
      const community = found && (await communityById(databases, found.community));
      if (row === undefined || community === undefined) return refuse("not-found", "sharing.no-such-reader");
      return { community: community.name, email: hinted(row.email), wantsIt: row.stoppedAt === null };
    },
  }),
  change: installProcedure({
    method: "PATCH",
    path: "/letter-readers/{token}",
    operationId: "changeLetterReader",
    permission: "public",
    summary: "Stop the letters, or want them again",
    tags,
    input: z.object({ token, wantsIt: z.boolean() }),
    output: done,
    handler: async ({ input, context: { databases, secrets, limits, address, now } }) => {
      limits.take("shared.address", address);
      const found = readStop(secrets, input.token);
      if (found === undefined) return refuse("not-found", "sharing.no-such-reader");
      const stoppedAt = input.wantsIt ? undefined : now();
      await databases.asOwner((tx) => noteWish(tx, found.community, { reader: found.reader, stoppedAt }));
      return { done: true } as const;
    },
  }),
};

/** Audits that come by mail. */
export const lettersApi = { letters, reader };

import { hash } from "node:crypto";
import { z } from "zod";
import type { CommunityCall } from "#src/accounts/call.ts";
import { procedure } from "#src/accounts/procedure.ts";
import { newId } from "#src/base/ids.ts";
import { pageFields, pageOf, pageSchema, readCursor } from "#src/base/paging.ts";
import { refuse } from "#src/base/refusal.ts";
import { wholePerson } from "#src/members/queries.ts";
import { type Consent, consentSchema, consentTextSchema, LONGEST_TEXT } from "./model.ts";
import {
  addConsent,
  addConsentText,
  consentTexts,
  hasConsentText,
  listConsents,
  withdrawConsent,
} from "./store/consents.ts";

const tags: readonly [string] = ["Data rights"];

const byWhom = ({ actor }: CommunityCall): string | null => (actor.kind === "person" ? actor.id : null);

async function one({ run, community }: CommunityCall, id: string): Promise<Consent> {
  const [found] = await run((tx) => listConsents(tx, community, { id, limit: 1 }));
  return found ?? refuse("not-found", "rights.no-such-consent");
}

/** Who agreed to what: one purpose, one wording, one consent. */
export const consentsApi = {
  consentTexts: procedure({
    method: "GET",
    path: "/communities/{community}/consent-texts",
    operationId: "listConsentTexts",
    permission: "rights.read",
    summary: "Wordings of consent, by purpose",
    tags,
    output: z.object({ items: z.array(consentTextSchema) }),
    handler: async ({ context }) => ({ items: await context.run((tx) => consentTexts(tx, context.community)) }),
  }),
  addConsentText: procedure({
    method: "POST",
    path: "/communities/{community}/consent-texts",
    operationId: "addConsentText",
    permission: "rights.change",
    summary: "Write a new wording of consent",
    description: "A purpose that has one gets its next version; what people agreed to before stays as it was.",
    tags,
    status: 201,
    input: z.object({ purpose: z.string().trim().min(1).max(200), text: z.string().trim().min(1).max(LONGEST_TEXT) }),
    output: consentTextSchema,
    handler: async ({ input: { purpose, text }, context }) => {
      const { community, now } = context;
      const made = {
        id: newId(now()),
        purpose,
        text,
        hash: hash("sha256", text, "buffer"),
        by: byWhom(context),
        at: now(),
      };
      const added = await context.run((tx) => addConsentText(tx, community, made));
      context.note({ target: made.id, details: { version: added?.version ?? 0 } });
      return added ?? refuse("not-found", "rights.no-such-text");
    },
  }),
  consents: procedure({
    method: "GET",
    path: "/communities/{community}/consents",
    operationId: "listConsents",
    permission: "rights.read",
    summary: "Consents, newest first",
    tags,
    input: z.object({ member: z.uuid().optional(), ...pageFields }),
    output: pageSchema(consentSchema),
    handler: async ({ input: { member, after, limit }, context }) => {
      const before = readCursor(after, z.tuple([z.uuid()]))?.[0];
      const ask = { memberId: member, before, limit: limit + 1 };
      const rows = await context.run((tx) => listConsents(tx, context.community, ask));
      return pageOf(rows, limit, (row) => [row.id]);
    },
  }),
  addConsent: procedure({
    method: "POST",
    path: "/communities/{community}/consents",
    operationId: "addConsent",
    permission: "rights.change",
    summary: "Write down that somebody agreed to a wording",
    tags,
    status: 201,
    input: z.object({
      member: z.uuid(),
      text: z.uuid(),
      place: z.string().trim().min(1).max(300).describe("Where it was given: a chat, a form, a letter"),
      givenAt: z.iso.datetime().optional().describe("Now when left out"),
    }),
    output: consentSchema,
    handler: async ({ input, context }) => {
      const { community, now } = context;
      const at = input.givenAt === undefined ? now() : Date.parse(input.givenAt);
      if (at > now()) refuse("invalid", "rights.given-later");
      const id = newId(now());
      await context.run(async (tx) => {
        const person = await wholePerson(tx, community, input.member);
        if (person === undefined) return refuse("not-found", "rights.no-such-member");
        if (!(await hasConsentText(tx, community, input.text))) return refuse("not-found", "rights.no-such-text");
        const given = {
          id,
          memberId: person.personId,
          textId: input.text,
          at,
          place: input.place,
          by: byWhom(context),
        };
        if (!(await addConsent(tx, community, given))) refuse("conflict", "rights.agreed-before");
      });
      context.note({ target: id });
      return one(context, id);
    },
  }),
  withdrawConsent: procedure({
    method: "POST",
    path: "/communities/{community}/consents/{id}/withdrawal",
    operationId: "withdrawConsent",
    permission: "rights.change",
    summary: "Write down that somebody took a consent back",
    tags,
    input: z.object({ id: z.uuid() }),
    output: consentSchema,
    handler: async ({ input, context }) => {
      await context.run((tx) => withdrawConsent(tx, context.community, { id: input.id, at: context.now() }));
      return one(context, input.id);
    },
  }),
};

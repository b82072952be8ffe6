import { z } from "zod";
import { procedure } from "#src/accounts/procedure.ts";
import { pageFields, pageSchema, readCursor } from "#src/base/paging.ts";
import { deleteNote, editNote, listNotes, writeNote } from "./actions.ts";
import { noteSchema, noteTextSchema } from "./model.ts";

const tags: readonly [string] = ["Members"];
const done = z.object({ id: z.uuid() });

/** Notes of the team about a member. */
export const notesApi = {
  notes: procedure({
    method: "GET",
    path: "/communities/{community}/members/{member}/notes",
    operationId: "listMemberNotes",
    permission: "members.read",
    summary: "What the team wrote about a person, newest first",
    tags,
    input: z.object({ member: z.uuid(), ...pageFields, limit: pageFields.limit.default(20) }),
    output: pageSchema(noteSchema),
    handler: ({ input, context }) => {
      const before = readCursor(input.after, z.tuple([z.uuid()]))?.[0];
      return context.run((tx) =>
        listNotes(tx, context.community, { memberId: input.member, before, limit: input.limit }),
      );
    },
  }),
  writeNote: procedure({
    method: "POST",
    path: "/communities/{community}/members/{member}/notes",
    operationId: "writeMemberNote",
    permission: "members.change",
    summary: "Write a note about a person; the team alone reads it",
    tags,
    status: 201,
    input: z.object({ member: z.uuid(), text: noteTextSchema }),
    output: noteSchema,
    handler: ({ input, context }) =>
      context.run((tx) =>
        writeNote(tx, context.community, {
          memberId: input.member,
          text: input.text,
          by: context.actor,
          now: context.now(),
        }),
      ),
  }),
  editNote: procedure({
    method: "PATCH",
    path: "/communities/{community}/member-notes/{note}",
    operationId: "editMemberNote",
    permission: "members.change",
    summary: "Change a note: one's own, or anybody's for owners and admins",
    tags,
    input: z.object({ note: z.uuid(), text: noteTextSchema }),
    output: noteSchema,
    handler: ({ input, context }) =>
      context.run((tx) =>
        editNote(tx, context.community, { id: input.note, text: input.text, by: context.actor, now: context.now() }),
      ),
  }),
  deleteNote: procedure({
    method: "DELETE",
    path: "/communities/{community}/member-notes/{note}",
    operationId: "deleteMemberNote",
    permission: "members.change",
    summary: "Delete a note; it can be brought back",
    tags,
    input: z.object({ note: z.uuid() }),
    output: done,
    handler: async ({ input, context }) => {
      await context.run((tx) =>
        deleteNote(tx, context.community, { id: input.note, by: context.actor, at: context.now() }),
      );
      return { id: input.note };
    },
  }),
  restoreNote: procedure({
    method: "POST",
    path: "/communities/{community}/member-notes/{note}/return",
    operationId: "restoreMemberNote",
    permission: "members.change",
    summary: "Bring a deleted note back",
    tags,
    input: z.object({ note: z.uuid() }),
    output: done,
    handler: async ({ input, context }) => {
      await context.run((tx) =>
        deleteNote(tx, context.community, { id: input.note, by: context.actor, at: undefined }),
      );
      return { id: input.note };
    },
  }),
};

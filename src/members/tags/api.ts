import { z } from "zod";
import { procedure } from "#src/accounts/procedure.ts";
import { deleteTag, makeTag, renameTag, restoreTag, tagMembers } from "./actions.ts";
import { countedTagSchema, MOST_TAGGED, tagNameSchema, tagSchema } from "./model.ts";
import { readTags } from "./store.ts";

const tags: readonly [string] = ["Members"];
const changeSchema = z.array(z.object({ memberId: z.uuid(), tagId: z.uuid() }));

/** Tags: the list of them, and who bears which. */
export const tagsApi = {
  tags: procedure({
    method: "GET",
    path: "/communities/{community}/member-tags",
    operationId: "listMemberTags",
    permission: "members.read",
    summary: "The tags of the community by name, with how many bear each",
    tags,
    output: z.object({ items: z.array(countedTagSchema) }),
    handler: async ({ context }) => ({ items: await context.run((tx) => readTags(tx, context.community)) }),
  }),
  makeTag: procedure({
    method: "POST",
    path: "/communities/{community}/member-tags",
    operationId: "makeMemberTag",
    permission: "members.change",
    summary: "Make a tag",
    description: "Where one bears the name already, that one is answered and nothing is made.",
    tags,
    status: 201,
    input: z.object({ name: tagNameSchema }),
    output: tagSchema,
    handler: ({ input, context }) =>
      context.run((tx) => makeTag(tx, context.community, { name: input.name, now: context.now() })),
  }),
  renameTag: procedure({
    method: "PATCH",
    path: "/communities/{community}/member-tags/{tag}",
    operationId: "renameMemberTag",
    permission: "members.change",
    summary: "Give a tag another name",
    tags,
    input: z.object({ tag: z.uuid(), name: tagNameSchema }),
    output: tagSchema,
    handler: ({ input, context }) =>
      context.run((tx) => renameTag(tx, context.community, { id: input.tag, name: input.name })),
  }),
  deleteTag: procedure({
    method: "DELETE",
    path: "/communities/{community}/member-tags/{tag}",
    operationId: "deleteMemberTag",
    permission: "members.change",
    summary: "Delete a tag and take it off everybody",
    tags,
    input: z.object({ tag: z.uuid() }),
    output: z.object({ takenOff: z.int() }),
    handler: async ({ input, context }) => ({
      takenOff: await context.run((tx) => deleteTag(tx, context.community, { id: input.tag, now: context.now() })),
    }),
  }),
  restoreTag: procedure({
    method: "POST",
    path: "/communities/{community}/member-tags/{tag}/return",
    operationId: "restoreMemberTag",
    permission: "members.change",
    summary: "Bring a deleted tag back to everybody who bore it",
    description: "For 30 days after it was deleted.",
    tags,
    input: z.object({ tag: z.uuid() }),
    output: tagSchema,
    handler: ({ input, context }) =>
      context.run((tx) => restoreTag(tx, context.community, { id: input.tag, now: context.now() })),
  }),
  tag: procedure({
    method: "POST",
    path: "/communities/{community}/members/tags",
    operationId: "tagMembers",
    permission: "members.change",
    summary: "Put tags on people and take others off them",
    description: "`put` and `taken` tell what has changed: to undo, take what was put and put what was taken.",
    tags,
    input: z.object({
      memberIds: z.array(z.uuid()).min(1).max(MOST_TAGGED),
      put: z.array(z.uuid()).max(20).default([]),
      take: z.array(z.uuid()).max(20).default([]),
    }),
    output: z.object({ put: changeSchema, taken: changeSchema }),
    handler: ({ input, context }) =>
      context.run(async (tx) => {
        const { id, name } = context.actor;
        const outcome = await tagMembers(tx, context.community, { ...input, by: { id, name }, now: context.now() });
        context.note({ details: { put: outcome.put.length, taken: outcome.taken.length } });
        return { put: [...outcome.put], taken: [...outcome.taken] };
      }),
  }),
};

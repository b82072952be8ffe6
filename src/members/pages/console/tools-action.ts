import type { ActionFunctionArgs } from "react-router";
import * as z from "zod";
import { type PageApi, visitContext } from "#src/web/context.ts";
import { attempt } from "#src/web/kit/refusal.ts";
import { noteTextSchema } from "../../notes/model.ts";
import { segmentFilterSchema, segmentNameSchema } from "../../segments/model.ts";
import { MOST_TAGGED, tagNameSchema } from "../../tags/model.ts";
import { markSchema, MOST_MARKED } from "../../model.ts";
import { askOf, filterOf } from "./list-address.ts";

/** What pages of members ask to be done, one deed at a time. */
const deedSchema = z.union([
  z.strictObject({ marks: z.array(markSchema).min(1).max(MOST_MARKED) }),
  z.strictObject({
    tag: z.strictObject({
      memberIds: z.array(z.uuid()).min(1).max(MOST_TAGGED),
      /** Names: those that are not there yet are made. */
      put: z.array(tagNameSchema).max(20),
      take: z.array(z.uuid()).max(20),
    }),
  }),
  z.strictObject({ renameTag: z.strictObject({ id: z.uuid(), name: tagNameSchema }) }),
  z.strictObject({ deleteTag: z.uuid() }),
  z.strictObject({ restoreTag: z.uuid() }),
  z.strictObject({ writeNote: z.strictObject({ member: z.uuid(), text: noteTextSchema }) }),
  z.strictObject({ editNote: z.strictObject({ note: z.uuid(), text: noteTextSchema }) }),
  z.strictObject({ deleteNote: z.uuid() }),
  z.strictObject({ restoreNote: z.uuid() }),
  /** The filter as the address of the list has it. */
  z.strictObject({ saveSegment: z.strictObject({ name: segmentNameSchema, query: z.string().max(4000) }) }),
  z.strictObject({ renameSegment: z.strictObject({ id: z.uuid(), name: segmentNameSchema }) }),
  z.strictObject({ refilterSegment: z.strictObject({ id: z.uuid(), filter: segmentFilterSchema }) }),
  z.strictObject({ deleteSegment: z.uuid() }),
  z.strictObject({ restoreSegment: z.uuid() }),
]);

/** Something to be done to members, their tags, notes and segments. */
export type Deed = z.infer<typeof deedSchema>;

async function tagBy(api: PageApi["members"], community: string, tag: Extract<Deed, { tag: unknown }>["tag"]) {
  const made: string[] = [];
  for (const name of tag.put) made.push((await api.makeTag({ community, name })).id);
  return api.tag({ community, memberIds: tag.memberIds, put: made, take: tag.take });
}

function perform(api: PageApi["members"], community: string, deed: Deed): Promise<unknown> {
  if ("marks" in deed) return api.mark({ community, marks: deed.marks });
  if ("tag" in deed) return tagBy(api, community, deed.tag);
  if ("renameTag" in deed) return api.renameTag({ community, tag: deed.renameTag.id, name: deed.renameTag.name });
  if ("deleteTag" in deed) return api.deleteTag({ community, tag: deed.deleteTag });
  if ("restoreTag" in deed) return api.restoreTag({ community, tag: deed.restoreTag });
  if ("writeNote" in deed) return api.writeNote({ community, ...deed.writeNote });
  if ("editNote" in deed) return api.editNote({ community, ...deed.editNote });
  if ("deleteNote" in deed) return api.deleteNote({ community, note: deed.deleteNote });
  if ("restoreNote" in deed) return api.restoreNote({ community, note: deed.restoreNote });
  if ("saveSegment" in deed) {
    const { segment: _, ...filter } = filterOf(askOf(new URLSearchParams(deed.saveSegment.query)));
    return api.saveSegment({ community, name: deed.saveSegment.name, filter });
  }
  if ("renameSegment" in deed) {
    const { id, name } = deed.renameSegment;
    return api.changeSegment({ community, segment: id, name });
  }
  if ("refilterSegment" in deed) {
    const { id, filter } = deed.refilterSegment;
    return api.changeSegment({ community, segment: id, filter });
  }
  if ("deleteSegment" in deed) return api.deleteSegment({ community, segment: deed.deleteSegment });
  return api.restoreSegment({ community, segment: deed.restoreSegment });
}

/** The action of the pages of members: does what the body says, and answers what the procedure answers. */
export async function doDeed({ context, params, request }: ActionFunctionArgs): Promise<unknown> {
  const { api } = context.get(visitContext);
  const deed = deedSchema.parse(await request.json());
  return attempt(() => perform(api.members, params["community"] ?? "", deed));
}

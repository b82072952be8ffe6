import { z } from "zod";
import { pageFields, pageOf, pageSchema, readCursor } from "#src/base/paging.ts";
import { installPermissions, permissions, roleSchema, roles, staffMemberSchema } from "./model.ts";
import { installProcedure, procedure } from "./procedure.ts";
import { changeRole, leave, removeStaff } from "./staff.ts";
import { staffOf } from "./store/roles.ts";

/** The team of a community. */
export const teamApi = {
  permissions: installProcedure({
    method: "GET",
    path: "/permissions",
    operationId: "listPermissions",
    permission: "public",
    summary: "Which role may do what",
    tags: ["Team"],
    output: z.object({
      roles: z.array(roleSchema),
      permissions: z.array(z.object({ name: z.string(), roles: z.array(roleSchema) })),
      outsideCommunities: z.array(z.string()),
    }),
    handler: async () => ({
      roles: [...roles],
      permissions: Object.entries(permissions).map(([name, allowed]) => ({ name, roles: [...allowed] })),
      outsideCommunities: [...installPermissions],
    }),
  }),
  staff: procedure({
    method: "GET",
    path: "/communities/{community}/staff",
    operationId: "listStaff",
    permission: "staff.read",
    summary: "The team of a community, by name",
    tags: ["Team"],
    input: z.object({ ...pageFields, search: z.string().max(100).optional().describe("Part of a name or an address") }),
    output: pageSchema(staffMemberSchema),
    handler: async ({ input: { search, after, limit }, context }) => {
      const ask = { search, after: readCursor(after, z.tuple([z.string(), z.uuid()])), limit: limit + 1 };
      const rows = await staffOf(context.databases.owner, context.community, ask);
      return pageOf(rows, limit, (row) => [row.name, row.id]);
    },
  }),
  changeStaff: procedure({
    method: "PATCH",
    path: "/communities/{community}/staff/{personId}",
    operationId: "changeStaff",
    permission: "staff.change",
    summary: "Give somebody of the team another role",
    description:
      "Nobody gives a role above their own or changes somebody above themselves, and the last owner stays one. " +
      "Keys the person made that can do more than the new role stop working.",
    tags: ["Team"],
    input: z.object({ personId: z.uuid(), role: roleSchema }),
    output: staffMemberSchema,
    handler: async ({ input: { personId, role }, context }) => {
      context.note({ target: personId, details: { role } });
      return changeRole(context, { personId, role });
    },
  }),
  removeStaff: procedure({
    method: "DELETE",
    path: "/communities/{community}/staff/{personId}",
    operationId: "removeStaff",
    permission: "staff.change",
    summary: "Take somebody out of the team",
    description: "They lose access at once, and keys they made stop working. The last owner stays.",
    tags: ["Team"],
    input: z.object({ personId: z.uuid() }),
    output: staffMemberSchema,
    handler: async ({ input, context }) => removeStaff(context, input.personId),
  }),
  leave: procedure({
    method: "POST",
    path: "/communities/{community}/leave",
    operationId: "leaveCommunity",
    permission: "community.read",
    summary: "Leave the team",
    description: "For people, not for keys. The last owner stays.",
    tags: ["Team"],
    input: z.object({ sure: z.literal(true).describe("Nobody leaves by mistake") }),
    output: z.object({ done: z.literal(true) }),
    handler: async ({ context }) => {
      await leave(context);
      return { done: true } as const;
    },
  }),
};

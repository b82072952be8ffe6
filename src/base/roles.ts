import { createHmac } from "node:crypto";
import { sql } from "kysely";
import type { Db } from "./database.ts";

/**
 * Tables that hold no community's rows, or of which a community is only a column. The role of procedures has no right
 * on them at all: they are reached by functions of the owner that are asked for one thing at a time.
 */
const APPEND_ONLY = new Set(["facts"]);
/** Written by the owner alone: whoever a procedure works for cannot add to the record of what they did. */
const READ_ONLY = new Set(["trail", "trail_heads"]);

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The app role's password: the same on every node that shares the install's secret, and stored nowhere. */
export function appPassword(secret: string): string {
  return createHmac("sha256", secret).update("veche app role").digest("base64url");
}

/** The address of the same database for the app role. */
export function appUrl(ownerUrl: string, role: string, password: string): string {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = password;
  return url.toString();
}

/** Makes the role of procedures if it is not there, and gives it its password. Safe to repeat. */
export async function ensureAppRole(owner: Db, role: string, password: string): Promise<void> {
  const known = await sql<{ ok: boolean }>`select true as ok from pg_roles where rolname = ${role}`.execute(owner);
  const verb = known.rows.length > 0 ? "alter" : "create";
  const limits = "login nosuperuser nobypassrls nocreatedb nocreaterole noinherit";
  // A password has no place for a parameter in this statement; it is base64url, so it needs no escaping.
  await sql
    .raw(`${verb} role ${quoted(role)} ${verb === "create" ? limits : "login"} password '${password}'`)
    .execute(owner);
}

/** Lets the app role work on the communities' tables and on nothing else. Safe to repeat, and run after migrations. */
export async function grantRights(owner: Db, role: string): Promise<void> {
  const tables = await sql<{ name: string }>`
    select c.relname as name from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = current_schema()
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'community_id' and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relispartition order by 1`.execute(owner);
  const grants = tables.rows.map(({ name }) => {
    const changes = APPEND_ONLY.has(name) ? ", insert" : ", insert, update, delete";
    const rights = READ_ONLY.has(name) ? "select" : `select${changes}`;
    return `grant ${rights} on ${quoted(name)} to ${quoted(role)}`;
  });
  const schema = await sql<{ name: string }>`select current_schema() as name`.execute(owner);
  const usage = `grant usage on schema ${quoted(schema.rows[0]?.name ?? "public")} to ${quoted(role)}`;
  await sql.raw([usage, `grant select on communities to ${quoted(role)}`, ...grants].join(";\n")).execute(owner);
}

/** Why the app role must not be used: it could see more than one community. Undefined when it is safe. */
export async function unsafeRole(app: Db): Promise<"superuser" | "bypass" | "owner" | undefined> {
  const found = await sql<{ rolsuper: boolean; rolbypassrls: boolean; owns: boolean }>`
    select rolsuper, rolbypassrls, exists (
      select from pg_class c where c.relowner = r.oid or pg_has_role(r.oid, c.relowner, 'member') and c.relname = 'communities'
    ) as owns from pg_roles r where rolname = current_user`.execute(app);
  const role = found.rows[0];
  if (role === undefined || role.rolsuper) return "superuser";
  if (role.rolbypassrls) return "bypass";
  return role.owns ? "owner" : undefined;
}

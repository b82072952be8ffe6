import { z } from "zod";
import type { Chain, NewEntry, TrailActor, TrailDetails } from "#src/trail/model.ts";
import { record } from "#src/trail/actions.ts";
import type { Call, Caller, DeedNote } from "./call.ts";

/** Keeps what a handler tells of its deed until the deed has succeeded. */
export interface Notebook {
  readonly note: (about: DeedNote) => void;
  /** Everything noted, put together; undefined when nothing was. */
  taken(): DeedNote | undefined;
}

/** Opens a notebook for one call. */
export function openNotebook(): Notebook {
  let taken: DeedNote | undefined;
  return {
    note: (about) => {
      const details: TrailDetails = { ...taken?.details, ...about.details };
      taken = { ...taken, ...about, details };
    },
    taken: () => taken,
  };
}

/** One call of a procedure or raw route, as far as the record of who did what needs it. */
export interface Deed {
  readonly call: Call;
  readonly chain: Chain;
  /** The role that the caller holds where they act. */
  readonly role: string | undefined;
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly input: unknown;
  readonly notebook: Notebook;
}

function actorOf(caller: Caller, role: string | undefined): TrailActor {
  if (caller.kind === "nobody") return { kind: "nobody" };
  return { kind: caller.kind, id: caller.kind === "person" ? caller.profile.id : caller.id, role };
}

/** The first field of the address that is an id. Others may be secrets, such as the token of a link. */
function targetOf({ path, input }: Deed): string | undefined {
  const fields: Record<string, unknown> = typeof input === "object" && input !== null ? { ...input } : {};
  const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => fields[name]);
  return named.find((value): value is string => z.uuid().safeParse(value).success);
}

function entryOf(deed: Deed, note: DeedNote | undefined): NewEntry {
  const { call, role, operationId } = deed;
  return {
    at: call.now(),
    actor: actorOf(call.caller, role),
    operation: operationId,
    target: note?.target ?? targetOf(deed),
    details: note?.details,
    requestId: call.requestId,
    address: call.address,
  };
}

/**
 * Does a deed and writes it down when it has succeeded. A deed that cannot be written down fails as a whole for its
 * caller, so that nobody is told of a success that the record does not know.
 */
export async function recorded<T>(deed: Deed, work: () => Promise<T>): Promise<T> {
  const output = await work();
  const note = deed.notebook.taken();
  if (deed.method !== "GET" || note !== undefined) await record(deed.call.databases, deed.chain, entryOf(deed, note));
  return output;
}

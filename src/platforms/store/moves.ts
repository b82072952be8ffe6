import type { IncomingMove } from "../model.ts";
import { sql } from "kysely";
import { messageId } from "#src/base/ids.ts";
import type { Writing } from "./messages.ts";
import { noteMovesAlike } from "./overlaps.ts";

/** A coming or going with its space and, where the source told, the person. */
export interface ResolvedMove {
  readonly spaceId: string;
  readonly memberId: string | undefined;
  readonly move: IncomingMove;
}

/** Stores comings and goings; those stored already are left as they are. Returns how many were new. */
export async function writeMoves(writing: Writing, moves: readonly ResolvedMove[]): Promise<number> {
  const { tx, community, importId } = writing;
  if (moves.length === 0) return 0;
  const rows = moves.map(({ spaceId, memberId, move }) => ({
    id: messageId(move.happenedAt, spaceId, `move ${move.externalId} ${move.position}`),
    space_id: spaceId,
    member_id: memberId ?? null,
    name: move.name,
    kind: move.kind,
    happened_at: new Date(move.happenedAt).toISOString(),
  }));
  const stored = await sql`
    insert into member_moves (community_id, id, space_id, member_id, name, kind, happened_at, import_id)
    select ${community}, m.id, m.space_id, m.member_id, m.name, m.kind, m.happened_at, ${importId ?? null}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as m (id uuid, space_id uuid, member_id uuid, name text, kind text, happened_at timestamptz)
    on conflict (community_id, id) do nothing`.execute(tx);
  const fresh = Number(stored.numAffectedRows ?? 0n);
  if (fresh < rows.length)
    await noteMovesAlike(
      writing,
      rows.map(({ id }) => id),
    );
  return fresh;
}

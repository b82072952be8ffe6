import { refuse } from "#src/base/refusal.ts";
import { m } from "#words";
import { type HubCall, ownAccount, seenBoards } from "../call.ts";
import { takeFace } from "../faces/face.ts";
import { accountOf, type Visitor } from "../model.ts";
import { fileOf, type PlacedFile, pieceOf } from "../store/files.ts";
import { filePath, markdownOf } from "../uploads/addresses.ts";
import { uploadHeaders } from "../uploads/admit.ts";
import type { FileTaking, SentForm } from "../uploads/form.ts";
import { takeIn } from "../uploads/take-in.ts";
import { markup, type Html } from "./html.ts";
import type { LeftOutFile, Sending, Sent, Showing } from "./kinds.ts";

/** How the files of a form are taken in: for whoever sends it, to be shown in a post or as the picture they are known by. */
export function filesOf(call: HubCall, purpose: NonNullable<Sent["files"]>): FileTaking {
  const take = purpose === "face" ? takeFace : takeIn;
  return { who: ownAccount(call).accountId, takeIn: (upload) => take(call, upload) };
}

/** The fields of a form, in which the text ends with the files that came along. */
export function textWithFiles(slug: string, { typed, files }: SentForm): (name: string) => string {
  if (files.length === 0) return typed;
  const added = files.map((file) => markdownOf(slug, file)).join("\n\n");
  return (name) => (name === "text" ? `${typed(name).trimEnd()}\n\n${added}`.trimStart() : typed(name));
}

/** Which files were not taken in, and why; nothing when all were. */
export function leftOutNote(leftOut: readonly LeftOutFile[]): Html | false {
  if (leftOut.length === 0) return false;
  const lines = leftOut.map(({ name, fault }) => markup`<li>${name}: ${fault.detail}</li>`);
  return markup`<div class="note bad" role="alert"><p>${m.hub_files_left_out()}</p><ul>${lines}</ul></div>`;
}

/** What a program of a page is answered that sends files alone: how each stands in a text, and what was left out. */
export function tellFiles({ visit, files, leftOut }: Sending): Response {
  const items = files.map((file) => {
    const { name, size, width, height } = file;
    const [address, markdown] = [filePath(visit.slug, file.id), markdownOf(visit.slug, file)];
    return { name, size, width, height, address, markdown };
  });
  const refused = leftOut.map(({ name, fault: { code, detail } }) => ({ name, code, detail }));
  const status = items.length === 0 ? (leftOut[0]?.fault.status ?? 400) : 201;
  return Response.json({ items, refused }, { status, headers: { "cache-control": "no-store" } });
}

const EVERYBODY: Visitor = { kind: "guest" };

/** A day: so long a picture may still be seen in a browser's store after its post was deleted. In seconds. */
const KEPT_SECONDS = 86_400;
/** Thirty days: another picture of somebody has another address. In seconds. */
const FACE_SECONDS = 30 * 86_400;
/** Where guests see no faces, their members' browsers ask for each once an hour. In seconds. */
const SHUT_FACE_SECONDS = 3600;

function keeping({ purpose }: PlacedFile, isPublic: boolean): string {
  if (purpose === "post") return isPublic ? `public, max-age=${KEPT_SECONDS}, immutable` : "private, no-cache";
  return isPublic ? `public, max-age=${FACE_SECONDS}, immutable` : `private, max-age=${SHUT_FACE_SECONDS}`;
}

/** Whether a file is there for a visitor: their own, one that a post shows which they may read, a face, the logo. */
function mayOpen(call: HubCall, visitor: Visitor, file: PlacedFile): boolean {
  const isShut = visitor.kind === "guest" && call.hub.reading === "members";
  if (file.purpose === "logo") return true;
  if (isShut) return false;
  if (file.purpose === "avatar") return true;
  const seen = seenBoards({ boards: call.boards, visitor });
  return file.boardIds.some((id) => seen.some((board) => board.id === id));
}

/** A file's bytes piece by piece, no more than one of them in memory. */
function bytesOf(call: HubCall, id: string): ReadableStream<Uint8Array> {
  let number = 0;
  return new ReadableStream({
    pull: async (controller) => {
      const piece = await call.run((tx) => pieceOf(tx, call.community, { id, number }));
      number += 1;
      if (piece === undefined) controller.close();
      else controller.enqueue(piece);
    },
  });
}

/**
 * A picture or file of the hub, to whoever may read a post that shows it. What everybody may see is kept by browsers and
 * proxies between; for everything else they ask each time whether it is still theirs to see.
 */
export async function fileAnswer({ visit, request, fields: [id = ""] }: Showing): Promise<Response> {
  const { call } = visit;
  const file = await call.run((tx) => fileOf(tx, call.community, id));
  const isOwn = file?.memberId !== null && file?.memberId === accountOf(call.visitor)?.memberId;
  if (file === undefined || !(isOwn || mayOpen(call, call.visitor, file)))
    return refuse("not-found", "hub.no-such-file");
  const isPublic = mayOpen(call, EVERYBODY, file);
  const etag = `"${file.id}"`;
  const { name, type, size } = file;
  const headers = {
    ...uploadHeaders(type === "file" ? { kind: "file", name } : { kind: "picture", format: type }),
    "cache-control": keeping(file, isPublic),
    ...(isPublic ? {} : { vary: "Cookie" }),
    etag,
  };
  if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers });
  return new Response(bytesOf(call, file.id), { headers: { ...headers, "content-length": String(size) } });
}

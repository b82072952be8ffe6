import { hash } from "node:crypto";
import { draw } from "#src/base/drawing/drawing.ts";
import { Refusal } from "#src/base/refusal.ts";
import type { HubCall } from "../call.ts";
import { CARD, type CardColours, type CardLogo, cardSvg } from "../cards/card.ts";
import { maySee, type Visitor } from "../model.ts";
import { readProfile, seenTopic } from "../queries.ts";
import { bytesOfFile } from "../store/files.ts";
import { openShelf } from "../store/kept.ts";
import { lookOf } from "../theme/model.ts";
import { markup, type Html } from "./html.ts";
import type { Showing, Shown } from "./kinds.ts";
import type { HubVisit } from "./visit.ts";

/** The picture of a page for links: where it lies below `cards`, and the words on it. */
export interface PageCard {
  readonly path: string;
  readonly above: string;
  readonly title: string;
}

/** Pictures by what stands on them, whatever page they are for. */
const kept = openShelf<Buffer>(16 * 1024 * 1024);
/** A day: another title gives another address. In seconds. */
const KEPT_SECONDS = 86_400;
const EVERYBODY: Visitor = { kind: "guest" };

function coloursOf({ hub: { brand, second } }: HubCall): CardColours {
  const { paper, ink, soft, accent, bell } = lookOf(brand === null ? undefined : { brand, second }).light;
  return { paper, ink, soft, accent, bell };
}

/** What a page says of its picture to whoever shows it as a link. Its address changes with what stands on it. */
export function cardHead({ call, home }: HubVisit, { path, above, title }: PageCard): Html {
  const { name } = call.facts;
  const seal = hash("sha256", JSON.stringify([above, title, name, coloursOf(call), call.hub.logo?.id]), "hex").slice(
    0,
    10,
  );
  const alt = title === name ? name : `${title} · ${name}`;
  return markup`<meta property="og:image" content="${call.publicUrl}${home}/cards/${path}.png?v=${seal}"><meta property="og:image:type" content="image/png"><meta property="og:image:width" content="${CARD.width}"><meta property="og:image:height" content="${CARD.height}"><meta property="og:image:alt" content="${alt}"><meta name="twitter:card" content="summary_large_image">`;
}

async function logoOf({ hub: { logo }, community, run }: HubCall): Promise<CardLogo | undefined> {
  if (logo === null) return undefined;
  const png = await run((tx) => bytesOfFile(tx, community, logo.id));
  return png && { png, width: logo.width, height: logo.height };
}

type Words = Pick<PageCard, "above" | "title">;

async function wordsOfTopic(call: HubCall, number: number): Promise<Words> {
  const { title, boardId } = await seenTopic(call, number);
  return { title, above: call.boards.find(({ id }) => id === boardId)?.name ?? "" };
}

async function wordsOfMember(call: HubCall, memberId: string): Promise<Words> {
  const { profile, isShown } = await readProfile(call, { memberId, before: undefined });
  return { title: isShown && !profile.hasLeft ? profile.name : "", above: "" };
}

/** The words on a picture: of what guests may see, whoever asks; nothing but the community's name for all else. */
async function wordsOf(come: HubCall, path: string): Promise<Words> {
  const call = { ...come, visitor: EVERYBODY };
  const none = { above: "", title: "" };
  const [kind, key = ""] = path.split("/");
  if (call.hub.reading !== "everyone") return none;
  try {
    if (kind === "t") return await wordsOfTopic(call, Number(key));
    if (kind === "p") return await wordsOfMember(call, key);
  } catch (error) {
    if (error instanceof Refusal) return none;
    throw error;
  }
  const board = call.boards.find((each) => each.key === key);
  return board !== undefined && maySee(board, EVERYBODY) ? { above: "", title: board.name } : none;
}

async function drawn({ svg, fonts }: { svg: string; fonts: string[] }, call: HubCall): Promise<Buffer> {
  const key = hash("sha256", svg, "hex");
  const known = kept.find(key, "");
  if (known !== undefined) return known;
  call.limits.take("hub.card", call.address);
  const [picture = Buffer.alloc(0)] = await draw({ kind: "svg", svg, fonts });
  kept.keep(key, { version: "", value: picture, bytes: picture.length });
  return picture;
}

async function cardAnswer({ visit: { call }, fields: [path = ""] }: Showing): Promise<Response> {
  const words = await wordsOf(call, path);
  const card = { ...words, community: call.facts.name, colours: coloursOf(call), logo: await logoOf(call) };
  const picture = await drawn(cardSvg(card), call);
  const headers = {
    "content-type": "image/png",
    "content-length": String(picture.length),
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
    // Others show it beside their links: that is what it is for.
    "cross-origin-resource-policy": "cross-origin",
    "cache-control": `public, max-age=${KEPT_SECONDS}`,
  };
  return new Response(new Uint8Array(picture), { headers });
}

/** Pictures of pages for links. */
export const cardPages: readonly Shown[] = [
  {
    path: /^\/cards\/(home|b\/[a-z0-9-]+|t\/\d{1,9}|p\/[0-9a-f-]{36})\.png$/,
    permission: "hub.public",
    show: cardAnswer,
  },
];

import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import { refuse } from "#src/base/refusal.ts";
import { LOGO_BYTES } from "../theme/model.ts";
import { addFile, keptBytes } from "../store/files.ts";
import { logosOf, writeLogo } from "../store/logos.ts";
import { COMMUNITY_BYTES } from "../uploads/take-in.ts";
import type { CleanPicture } from "../uploads/picture.ts";
import { admittedFace, scaled } from "./scale.ts";

/** On pages it is a third as high, so that every screen shows it sharp; a line of words is at most so wide. In pixels. */
const HIGH = 96;
const WIDE = 384;
/** For a browser's tab, and for the first page of a phone; in pixels. */
const ICON_SIDE = 64;
const TOUCH_SIDE = 180;
/** Phones paint what is clear black. */
const TOUCH_PAPER = "#ffffff";

/** Where a logo is set or taken away. */
interface LogoCall {
  readonly community: CommunityId;
  readonly run: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  readonly now: () => number;
}

interface Made {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: Buffer;
}

function sizeOnPages({ width, height }: CleanPicture): { width: number; height: number } {
  const factor = Math.min(HIGH / height, WIDE / width);
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
}

async function drawnFrom(picture: CleanPicture, at: number): Promise<{ page: Made; icon: Made; touch: Made }> {
  const one = async (size: { width: number; height: number }, how: { crop: "padded" | "whole"; paper?: string }) => {
    const [bytes = Buffer.alloc(0)] = await scaled(picture, { ...how, wanted: [size] });
    return { id: newId(at), ...size, bytes };
  };
  return {
    page: await one(sizeOnPages(picture), { crop: "whole" }),
    icon: await one({ width: ICON_SIDE, height: ICON_SIDE }, { crop: "padded" }),
    touch: await one({ width: TOUCH_SIDE, height: TOUCH_SIDE }, { crop: "padded", paper: TOUCH_PAPER }),
  };
}

/**
 * Makes a picture the community's logo, in place of the one before: whole for pages, and as a square with room at two
 * sides for icons. Refuses what is no picture, is larger than `LOGO_BYTES`, or comes before there is a hub.
 */
export async function takeLogo(call: LogoCall, upload: { bytes: Buffer; name: string }): Promise<void> {
  const { community } = call;
  if (upload.bytes.length > LOGO_BYTES) refuse("too-large", "hub.logo-too-large", { most: LOGO_BYTES / 1024 });
  const at = call.now();
  const { page, icon, touch } = await drawnFrom(admittedFace(upload), at);
  const logo = { id: page.id, width: page.width, height: page.height, icon: icon.id, touch: touch.id };
  await call.run(async (tx) => {
    if (!(await writeLogo(tx, community, { logo, at }))) refuse("conflict", "hub.not-set-up");
    const { all } = await keptBytes(tx, community, null);
    if (all > COMMUNITY_BYTES) refuse("conflict", "hub.upload-community-full");
    for (const { id, width, height, bytes } of [page, icon, touch]) {
      const told = { memberId: null, purpose: "logo", name: "logo.png", type: "png", size: bytes.length } as const;
      await addFile(tx, community, { file: { id, ...told, width, height }, bytes, at });
    }
  });
}

/** Brings the logo back that stood before the present one, or before it was taken away; that one can be brought back then. */
export async function bringLogoBack({ community, run, now }: LogoCall): Promise<void> {
  await run(async (tx) => {
    const at = now();
    const before = (await logosOf(tx, community, at))?.before ?? refuse("not-found", "hub.no-earlier-logo");
    await writeLogo(tx, community, { logo: before, at });
  });
}

/** Takes the logo away: the bell stands in its place again. */
export async function takeLogoAway({ community, run, now }: LogoCall): Promise<void> {
  await run((tx) => writeLogo(tx, community, { logo: null, at: now() }));
}

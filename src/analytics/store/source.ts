import type { Tx } from "#src/base/database.ts";
import {
  joinDays,
  ofCircle,
  splitTable,
  sumByMember,
  type Arriving,
  type Circle,
  type Present,
  type Sheet,
} from "../metrics/sheet.ts";
import { joinAnswering, joinReplying, joinWriting, type DatedDay } from "./packing.ts";

/** Runs one transaction inside the community. */
export type Run = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/** What those in the circle did on a day. Replies keep whomever they are addressed to. */
export function dayOfCircle({ day, present, writing, answering, replying }: DatedDay, circle: Circle): DatedDay {
  return {
    day,
    present: ofCircle(present, present.member, circle),
    writing: ofCircle(writing, writing.member, circle),
    answering: ofCircle(answering, answering.member, circle),
    replying: ofCircle(replying, replying.from, circle),
  };
}

/** A day in two: what those did whose flag is set, few as a rule, and what everybody else did. */
export function splitDay(
  { day, present, writing, answering, replying }: DatedDay,
  flags: Uint8Array,
): { readonly flagged: DatedDay; readonly others: DatedDay } {
  const was = splitTable(present, present.member, flags);
  const wrote = splitTable(writing, writing.member, flags);
  const asked = splitTable(answering, answering.member, flags);
  const replied = splitTable(replying, replying.from, flags);
  const side = (name: "flagged" | "others"): DatedDay => ({
    day,
    present: was[name],
    writing: wrote[name],
    answering: asked[name],
    replying: replied[name],
  });
  return { flagged: side("flagged"), others: side("others") };
}

/** What was done on a day in the chosen spaces. */
export function dayInSpaces({ day, writing, answering, replying }: DatedDay, chosen: Circle): DatedDay {
  const written = ofCircle(writing, writing.space, chosen);
  return {
    day,
    present: sumByMember(written),
    writing: written,
    answering: ofCircle(answering, answering.space, chosen),
    replying: ofCircle(replying, replying.space, chosen),
  };
}

/** Who was there on which of the days. */
export function presentOn(days: readonly DatedDay[]): Present {
  return joinDays(days.map(({ day, present }) => ({ day, ...present })));
}

/** The days, oldest first, as one sheet; from `detailsFrom` on with more than who was there. */
export function sheetOf(days: readonly DatedDay[], arriving: Arriving, detailsFrom: number): Sheet {
  const detailed = days.filter(({ day }) => day >= detailsFrom);
  return {
    present: presentOn(days),
    writing: joinWriting(detailed),
    answering: joinAnswering(detailed),
    replying: joinReplying(detailed),
    arriving,
  };
}

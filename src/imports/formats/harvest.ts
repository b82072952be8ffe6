import type { IncomingMessage, IncomingMove, IncomingSpace } from "#src/platforms/model.ts";
import type { DailyMetric } from "../model.ts";
import type { ByteWindow } from "../stream/byte-window.ts";
import { KEPT_RAW_BYTES } from "../stream/limits.ts";
import type { ElementPiece, RejectedPiece, Unreadable } from "../stream/piece.ts";
import type { ResumePoint } from "./format.ts";

/** Why something in a file was not stored. */
export type SkipReason =
  | Unreadable
  | "not-a-message"
  | "unsupported"
  | "no-id"
  | "no-date"
  | "impossible-date"
  | "no-author"
  | "wrong-columns"
  | "no-number"
  | "not-storable";

/** A number of a day. */
export interface DailyNumber {
  readonly metric: DailyMetric;
  /** The space's name; empty for the whole community. */
  readonly space: string;
  /** Days since 1970-01-01. */
  readonly day: number;
  readonly value: number;
}

/** One thing that was not stored. */
export interface Skip {
  readonly reason: SkipReason;
  /** In bytes from the start of the unpacked file. */
  readonly offset: number;
  /** Which element of its list, which line or which record, from 1. */
  readonly number: number;
  readonly bytes: number;
  /** Its beginning, for a person to look at; absent when there is nothing to be seen. */
  readonly raw?: Buffer;
}

/** Field names longer than this are somebody's joke. */
const FIELD_NAME_CHARS = 80;
/** More unknown fields than this in one harvest are not listed singly. */
const UNKNOWN_FIELDS = 200;

/** What one step of reading a file brought in. */
export class Harvest {
  readonly spaces = new Map<string, IncomingSpace>();
  readonly messages: IncomingMessage[] = [];
  readonly moves: IncomingMove[] = [];
  readonly numbers: DailyNumber[] = [];
  readonly skipped: Skip[] = [];
  /** What was understood and needs no storing, such as pinned messages: the platform's word and how often. */
  readonly passedOver = new Map<string, number>();
  readonly unknownFields = new Map<string, number>();
  /** Messages in which characters were replaced that no database keeps. */
  repaired = 0;
  /** Where to go on after this harvest is stored. */
  resume: ResumePoint;
  /** Set in the last harvest when the file ended in the middle. */
  cutOff = false;

  constructor(resume: ResumePoint) {
    this.resume = resume;
  }

  /** Puts aside an element that could be read but not understood. */
  skip(reason: SkipReason, piece: ElementPiece, window: ByteWindow): void {
    const { from, to, offset, number } = piece;
    const raw = reason === "unsupported" ? {} : { raw: window.copyOf(from, to, KEPT_RAW_BYTES) };
    this.skipped.push({ reason, offset, number, bytes: to - from, ...raw });
  }

  reject({ reason, offset, number, bytes, raw }: RejectedPiece): void {
    this.skipped.push({ reason, offset, number, bytes, raw });
    if (reason === "cut-off") this.cutOff = true;
  }

  passOver(what: string): void {
    const name = cleanName(what);
    this.passedOver.set(name, (this.passedOver.get(name) ?? 0) + 1);
  }

  unknownField(field: string): void {
    const name = cleanName(field);
    if (!this.unknownFields.has(name) && this.unknownFields.size >= UNKNOWN_FIELDS) return;
    this.unknownFields.set(name, (this.unknownFields.get(name) ?? 0) + 1);
  }
}

function cleanName(name: string): string {
  return name.slice(0, FIELD_NAME_CHARS).toWellFormed().replaceAll("\0", "\uFFFD");
}

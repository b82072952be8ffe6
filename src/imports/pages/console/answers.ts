import type { RouterContextProvider } from "react-router";
import type { MessageKind } from "#src/platforms/model.ts";
import { visitContext } from "#src/web/context.ts";

export const formats = ["telegram-desktop", "jsonl", "csv"] as const;
export type Format = (typeof formats)[number];

export const ownFields = ["id", "space", "sentAt", "authorId", "authorName", "text", "replyTo"] as const;
export type OwnField = (typeof ownFields)[number];
export type FieldMap = Partial<Record<OwnField, string>>;

export const MAX_FILE_BYTES = 4 * 1024 ** 3;

export interface Upload {
  id: string;
  name: string;
  bytes: number;
  received: number;
}

export interface PreviewSpace {
  externalId: string;
  name: string;
  type: string;
  isPrivate: boolean;
  messages: number | null;
}

export interface SampleRow {
  sentAt: string;
  space: string;
  author: string | null;
  kind: MessageKind;
  text: string;
  reply: boolean;
}

export interface Warning {
  code: string;
  details: Record<string, string | number>;
}

export interface Preview {
  format: Format;
  fileName: string;
  fileBytes: number;
  complete: boolean;
  messages: number | null;
  spaces: PreviewSpace[];
  spaceCount: number;
  authors: number | null;
  firstAt: string | null;
  lastAt: string | null;
  timeZone: { needed: boolean; value: string };
  columns: { name: string; example: string }[] | null;
  map: FieldMap | null;
  missing: OwnField[];
  sample: SampleRow[];
  skippedInSample: { reason: string; position: number }[];
  warnings: Warning[];
}

export type ImportStatus = "waiting" | "running" | "cancelling" | "cancelled" | "failed" | "done";

export interface ImportAnswer {
  id: string;
  format: Format;
  fileName: string;
  fileBytes: number;
  readBytes: number;
  status: ImportStatus;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  startedBy: { id: string; name: string } | null;
  counts: { stored: number; updated: number; repeated: number; skipped: number; moves: number; newMembers: number };
  byKind: Partial<Record<MessageKind, number>>;
  firstAt: string | null;
  lastAt: string | null;
  spaces: { id: string; name: string; kind: string; stored: number }[];
  spaceCount: number;
  skipped: { reason: string; count: number }[];
  unknownFields: { path: string; count: number }[];
  rate: number | null;
  secondsLeft: number | null;
  failure: Warning | null;
  auditReady: boolean;
}

export interface SkippedRow {
  id: string;
  reason: string;
  position: number;
  bytes: number;
  raw: string;
  at: string;
}

interface InCommunity {
  community: string;
}

export interface ImportsApi {
  list(
    input: InCommunity & { after?: string; limit?: number },
  ): Promise<{ items: ImportAnswer[]; next: string | null }>;
  get(input: InCommunity & { id: string }): Promise<ImportAnswer>;
  preview(input: InCommunity & { id: string; format?: Format; timeZone?: string; map?: FieldMap }): Promise<Preview>;
  start(
    input: InCommunity & { upload: string; format: Format; timeZone?: string; map?: FieldMap; spaces?: string[] },
  ): Promise<ImportAnswer>;
  cancel(input: InCommunity & { id: string }): Promise<ImportAnswer>;
  resume(input: InCommunity & { id: string }): Promise<ImportAnswer>;
  skipped(
    input: InCommunity & { id: string; reason?: string; after?: string; limit?: number },
  ): Promise<{ items: SkippedRow[]; next: string | null }>;
}

export interface CommunityChoice {
  slug: string;
  name: string;
}

export interface PagesApi {
  imports: ImportsApi;
  communities: { list(input: object): Promise<{ items: CommunityChoice[] }> };
}

/** The typed procedures, called as whoever opened the page. */
export function apiOf(context: Readonly<RouterContextProvider>): PagesApi {
  return context.get(visitContext).api as unknown as PagesApi;
}

import type { RouterContextProvider } from "react-router";
import { visitContext } from "#src/web/context.ts";
import type { FormatName, Import, Preview, SkippedPiece } from "../../model.ts";
import type { FieldMap } from "./words-of.ts";

interface InCommunity {
  community: string;
}

export interface ImportsApi {
  list(input: InCommunity & { after?: string; limit?: number }): Promise<{ items: Import[]; next: string | null }>;
  get(input: InCommunity & { id: string }): Promise<Import>;
  preview(
    input: InCommunity & { id: string; format?: FormatName; timeZone?: string; map?: FieldMap },
  ): Promise<Preview>;
  start(
    input: InCommunity & { upload: string; format: FormatName; timeZone?: string; map?: FieldMap; spaces?: string[] },
  ): Promise<Import>;
  cancel(input: InCommunity & { id: string }): Promise<Import>;
  resume(input: InCommunity & { id: string }): Promise<Import>;
  skipped(
    input: InCommunity & { id: string; reason?: string; after?: string; limit?: number },
  ): Promise<{ items: SkippedPiece[]; next: string | null }>;
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

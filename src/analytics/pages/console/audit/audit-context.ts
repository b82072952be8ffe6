import { createContext, useContext } from "react";
import { changedQuery } from "#src/web/kit/address.ts";
import type { Audit, TableName } from "../../../model.ts";
import { writeEvidence, type Evidence } from "./evidence.ts";

/** A metric in the reader's language. */
export interface MetricText {
  readonly name: string;
  readonly label: string;
  /** One or two sentences. */
  readonly meaning: string;
  readonly formula: string;
  readonly window: string;
  readonly excludes: string;
  readonly source: string;
  readonly version: number;
  /** What this history cannot show of it; empty when all can be seen. */
  readonly coverage: readonly string[];
}

/** Every sentence of the audit that is made from a name told by the server. */
export interface AuditTexts {
  readonly metrics: Readonly<Record<string, MetricText>>;
  /** Sentences of the headline; the claim stands in square brackets. */
  readonly headline: readonly { readonly text: string; readonly metric: string }[];
  /** One for each signal of the audit, in its order. */
  readonly signals: readonly string[];
  readonly limits: readonly string[];
}

/** What every part of the audit page draws from. */
export interface AuditView {
  readonly audit: Audit;
  readonly texts: AuditTexts;
  /** The address of the audit without its query. */
  readonly base: string;
  /** What was asked: period, spaces, segment. */
  readonly query: URLSearchParams;
  /** Read by somebody without an account: nothing behind it can be opened. */
  readonly isShared: boolean;
}

export const AuditContext = createContext<AuditView | undefined>(undefined);

/** The audit on this page. */
export function useAudit(): AuditView {
  const view = useContext(AuditContext);
  if (view === undefined) throw new Error("a part of the audit stands outside of an audit");
  return view;
}

/** Local dates that narrow a list behind a claim to the days the claim is about. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

/** The address of the panel that shows the evidence, over the same audit; with `days`, of those days alone. */
export function evidenceHref(
  { base, query }: Pick<AuditView, "base" | "query">,
  evidence: Evidence,
  days?: Days,
): string {
  const change = { of: writeEvidence(evidence), since: days?.from, until: days?.to };
  return `${base}/behind${changedQuery(query, change)}`;
}

/** The query of the audit itself, without what a panel over it shows. */
export function auditQuery(query: URLSearchParams): URLSearchParams {
  return new URLSearchParams(changedQuery(query, { of: undefined, since: undefined, until: undefined }));
}

/** The address of a metric on the page of definitions, which finds its way back to this audit. */
export function definitionHref({ base, query }: Pick<AuditView, "base" | "query">, metric: string): string {
  return `${base}/definitions${changedQuery(query, {})}#${metric}`;
}

/** The address of a whole table of this audit as CSV, for what the page shows only the head of. */
export function tableHref({ base, query }: Pick<AuditView, "base" | "query">, table: TableName): string {
  const community = base.split("/").at(-2) ?? "";
  return `/api/v1/communities/${community}/audit/tables/${table}${changedQuery(query, {})}`;
}

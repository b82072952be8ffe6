import { Command } from "commander";
import { currentLocale, writeNumber } from "#src/base/locale.ts";
import type { ExactAudit } from "#src/analytics/queries.ts";
import { m } from "#words";
import { onInstallation, type CommandTools } from "../run.ts";
import { print, printJson } from "../say.ts";

interface AuditOptions {
  readonly community: string;
  readonly space?: string;
  readonly from?: string;
  readonly to?: string;
  readonly json: boolean;
}

async function compute(
  { installation: { databases }, signal }: CommandTools,
  options: AuditOptions,
): Promise<ExactAudit> {
  const { chooseCommunity } = await import("../community.ts");
  const { exactAudit } = await import("#src/analytics/queries.ts");
  const { consumers } = await import("#src/consumers.ts");
  const { catchUp } = await import("../catch-up.ts");
  const { id } = await chooseCommunity(databases, options.community);
  await catchUp({ databases, community: id, consumers, signal });
  const { space, from, to } = options;
  return exactAudit({ databases, community: id, space, from, to });
}

function row(label: string, value: string): void {
  print(`${label.padEnd(34)} ${value}`);
}

/** The same numbers for a person to read; hours and weekdays are for machines and the page. */
function show(audit: ExactAudit): void {
  const locale = currentLocale();
  const number = (value: number): string => writeNumber(value, locale);
  const percent = (value: number): string => writeNumber(value, locale, { style: "percent", maximumFractionDigits: 1 });
  row(m.cli_audit_messages(), number(audit.messages));
  row(m.cli_audit_members(), number(audit.members));
  row(m.cli_audit_span(), `${audit.firstAt?.slice(0, 10) ?? "–"} – ${audit.lastAt?.slice(0, 10) ?? "–"}`);
  row(m.cli_audit_top_share(), percent(audit.top1PercentShare));
  row(m.cli_audit_gini(), writeNumber(audit.gini, locale, { maximumFractionDigits: 3 }));
  row(m.cli_audit_one_message(), number(audit.oneMessageMembers));
  row(m.cli_audit_week_two(), percent(audit.retention.day7to13.rate));
  row(m.cli_audit_month(), percent(audit.retention.day30to36.rate));
  print(`\n${m.cli_audit_top_members()}`);
  for (const { externalId, messages } of audit.topMembers) row(externalId, number(messages));
  print(`\n${m.cli_audit_months()}`);
  for (const [month, { messages, activeMembers, newMembers }] of Object.entries(audit.months)) {
    row(month, [messages, activeMembers, newMembers].map((value) => number(value).padStart(9)).join(""));
  }
}

/** `veche audit`: the community's numbers by their exact definitions, with times in UTC. */
export function auditCommand(): Command {
  return new Command("audit")
    .description(m.cli_audit_about())
    .requiredOption("--community <slug>", m.cli_option_community())
    .option("--space <name>", m.cli_audit_space())
    .option("--from <day>", m.cli_audit_from())
    .option("--to <day>", m.cli_audit_to())
    .option("--json", m.cli_option_json(), false)
    .action(async (options: AuditOptions) => {
      await onInstallation({ name: "audit", json: options.json }, async (tools) => {
        const audit = await compute(tools, options);
        if (options.json) printJson(audit);
        else show(audit);
      });
    });
}

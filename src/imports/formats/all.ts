import { refuse } from "#src/base/refusal.ts";
import { csv } from "./csv.ts";
import { dailyNumbers } from "./daily-numbers.ts";
import { discordExporter } from "./discord-exporter.ts";
import { discourse } from "./discourse.ts";
import type { HistoryFormat } from "./format.ts";
import { jsonl } from "./jsonl.ts";
import { slackExport } from "./slack-export.ts";
import { telegramDesktop } from "./telegram-desktop.ts";
import { whatsapp } from "./whatsapp.ts";

/** Every format history can arrive in. A file is of the first one that recognises it. */
export const formats: readonly HistoryFormat[] = [
  telegramDesktop,
  discordExporter,
  slackExport,
  discourse,
  whatsapp,
  jsonl,
  dailyNumbers,
  csv,
];

/** The format of that name; refuses a name that no version knows any more. */
export function formatNamed(name: string): HistoryFormat {
  const format = formats.find((each) => each.name === name);
  return format ?? refuse("invalid", "imports.unknown-format", { format: name });
}

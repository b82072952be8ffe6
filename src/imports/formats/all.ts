import { csv } from "./csv.ts";
import type { HistoryFormat } from "./format.ts";
import { jsonl } from "./jsonl.ts";
import { telegramDesktop } from "./telegram-desktop.ts";

/** Every format history can arrive in. A file is of the first one that recognises it. */
export const formats: readonly HistoryFormat[] = [telegramDesktop, jsonl, csv];

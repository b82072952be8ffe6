const HISTORY = /\.(json|jsonl|ndjson|csv|tsv|txt)$/i;
/** What archivers and operating systems add by themselves. */
const CLUTTER = /(^|\/)(__MACOSX\/|\.)/;

/** Whether a file in an archive or folder could be history, judged by its name with slashes between folders. */
export function mayBeHistory(name: string): boolean {
  return HISTORY.test(name) && !CLUTTER.test(name);
}

import { m } from "#words";
import type { MessageKind } from "#src/platforms/model.ts";
import type { DailyMetric, FormatName, ImportStatus, Preview } from "../../model.ts";

const formatWords: Record<FormatName, () => string> = {
  "telegram-desktop": m.imports_format_telegram_desktop,
  discord: m.imports_format_discord,
  slack: m.imports_format_slack,
  discourse: m.imports_format_discourse,
  whatsapp: m.imports_format_whatsapp,
  jsonl: m.imports_format_jsonl,
  csv: m.imports_format_csv,
  "daily-numbers": m.imports_format_daily_numbers,
};

const statusWords: Record<ImportStatus, () => string> = {
  waiting: m.imports_status_waiting,
  running: m.imports_status_running,
  cancelling: m.imports_status_cancelling,
  cancelled: m.imports_status_cancelled,
  failed: m.imports_status_failed,
  done: m.imports_status_done,
  withdrawing: m.imports_status_withdrawing,
  withdrawn: m.imports_status_withdrawn,
};

const kindWords: Record<MessageKind, () => string> = {
  text: m.imports_kind_text,
  photo: m.imports_kind_photo,
  video: m.imports_kind_video,
  "video-note": m.imports_kind_video_note,
  voice: m.imports_kind_voice,
  audio: m.imports_kind_audio,
  animation: m.imports_kind_animation,
  sticker: m.imports_kind_sticker,
  file: m.imports_kind_file,
  poll: m.imports_kind_poll,
  location: m.imports_kind_location,
  contact: m.imports_kind_contact,
  game: m.imports_kind_game,
  invoice: m.imports_kind_invoice,
  story: m.imports_kind_story,
  call: m.imports_kind_call,
  other: m.imports_kind_other,
};

/** Which field of a file is which of ours. */
export type FieldMap = NonNullable<Preview["map"]>;

/** A field of a message, as Veche calls it. */
export type OwnField = keyof FieldMap;

/** The fields of a message, the needed ones first. */
export const ownFields: readonly OwnField[] = ["sentAt", "authorId", "authorName", "text", "space", "id", "replyTo"];

const fieldWords: Record<OwnField, { name: () => string; what: () => string }> = {
  sentAt: { name: m.imports_field_sent_at, what: m.imports_field_sent_at_what },
  authorId: { name: m.imports_field_author_id, what: m.imports_field_author_id_what },
  authorName: { name: m.imports_field_author_name, what: m.imports_field_author_name_what },
  text: { name: m.imports_field_text, what: m.imports_field_text_what },
  space: { name: m.imports_field_space, what: m.imports_field_space_what },
  id: { name: m.imports_field_id, what: m.imports_field_id_what },
  replyTo: { name: m.imports_field_reply_to, what: m.imports_field_reply_to_what },
};

/** A format, as people call it. */
export const formatName = (format: FormatName): string => formatWords[format]();

/** How an import is, in a word. */
export const statusName = (status: ImportStatus): string => statusWords[status]();

const metricWords: Record<DailyMetric, () => string> = {
  members: m.imports_metric_members,
  reach: m.imports_metric_reach,
  views: m.imports_metric_views,
};

/** A number of a day, by its name. */
export const metricName = (metric: DailyMetric): string => metricWords[metric]();

/** A kind of message, in the plural: it stands above a count. */
export const kindName = (kind: MessageKind): string => kindWords[kind]();

/** A field of a message: its name, and what it is for. */
export function fieldWord(field: OwnField): { name: string; what: string } {
  const { name, what } = fieldWords[field];
  return { name: name(), what: what() };
}

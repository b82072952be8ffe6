import type { IncomingMove, MessageKind } from "#src/platforms/model.ts";

/** Somebody came or went, by name. Several people in one notice cannot be told apart for certain. */
export interface NamedMove {
  readonly name: string;
  readonly kind: IncomingMove["kind"];
  /** One person, whose name this is. */
  readonly isOne: boolean;
}

/** Direction marks that WhatsApp puts around names and before its own sentences. */
const DIRECTIONS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A name as people write it: without direction marks, hard spaces and the tilde of those who are in nobody's contacts. */
export function plainName(name: string): string {
  return name
    .replaceAll(DIRECTIONS, "")
    .replaceAll(/[\u00a0\u202f]/g, " ")
    .replace(/^\s*~\s*/, "")
    .trim();
}

type Pattern = readonly [kind: IncomingMove["kind"], sentence: RegExp];

/** The first group is who came or went. English and Russian, as WhatsApp has worded them since 2015. */
const MOVES: readonly Pattern[] = [
  ["joined", /^(.+?) joined (?:using|from|via|this|the|group)\b.*$/i],
  ["joined", /^(.+?) (?:was|were) added\.?$/i],
  ["joined", /^.+? added (.+?)\.?$/i],
  ["joined", /^(.+?) присоединил\S*(?: .*)?$/i],
  ["joined", /^(.+?) (?:добавлен\S*|теперь в группе)(?: .*)?$/i],
  ["joined", /^(?:.+? добавил\S*|Вы добавили) (.+?)\.?$/i],
  ["left", /^(.+?) left(?: the group)?\.?$/i],
  ["left", /^(.+?) (?:вышел\S*|вышли|покинул\S*)(?: .*)?$/i],
  ["removed", /^(.+?) (?:was|were) removed\.?$/i],
  ["removed", /^.+? removed (.+?)\.?$/i],
  ["removed", /^(.+?) удал[её]н\S*(?: из группы)?\.?$/i],
  ["removed", /^(?:.+? удалил\S*|Вы удалили) (.+?)(?: из группы)?\.?$/i],
];

/** Sentences with the verbs above that are about something else. */
const OTHER =
  /group(?:'s)? (?:icon|photo|description|name|subject|settings)|security code|this message|a message|фото|значок|картинк|описание|тему|название|настройки|код безопасности|сообщение|to the (?:community|announcement)/i;
const ONESELF = /^(?:you|вы|вас)$/i;
const SEVERAL = /,| and | и /i;

/** Who came or went by a sentence of the app; undefined when it tells of something else. */
export function moveIn(sentence: string): NamedMove | undefined {
  const plain = sentence.replaceAll(DIRECTIONS, "").trim();
  if (OTHER.test(plain)) return undefined;
  for (const [kind, pattern] of MOVES) {
    const name = plainName(pattern.exec(plain)?.[1] ?? "");
    if (name !== "") return { name, kind, isOne: !SEVERAL.test(name) && !ONESELF.test(name) };
  }
  return undefined;
}

/** Sentences of the app in which a colon stands after words that are no name. */
const CHANGES =
  /^[^:]{1,80}? (?:changed|created|set|updated|pinned|started|изменил|создал|обновил|закрепил|установил)\S*(?:\s|$)/i;

/** Whether a line without brackets is the app's own sentence rather than somebody's words. */
export function isNotice(rest: string): boolean {
  const colon = rest.indexOf(": ");
  return colon < 0 ? !rest.endsWith(":") : CHANGES.test(rest.slice(0, colon));
}

const DELETED =
  /^(?:this message was deleted|you deleted this message|(?:данное|это) сообщение удалено|вы удалили (?:данное|это) сообщение|сообщение удалено)\.?$/i;

/** Whether a message was taken back by its author. */
export function isDeleted(text: string): boolean {
  return DELETED.test(text.replaceAll(DIRECTIONS, "").trim());
}

/** What a message holds when it is more than text. */
export interface Content {
  readonly kind: MessageKind;
  readonly text: string;
  readonly fileName?: string;
}

const OMITTED =
  /^<(?:media omitted|без медиафайлов|медиа ?(?:скрыто|файл пропущен|файлы пропущены)|medien ausgeschlossen|multimedia omitido|archivo omitido|mídia oculta|médias omis)>$/i;
const LEFT_OUT =
  /^(?:(.{1,200}?) • .*)?(image|photo|video|audio|gif|sticker|document|contact card|voice message|изображение|фото|видео|аудио|стикер|документ|карточка контакта|голосовое сообщение)\s(?:omitted|отсутствует|пропущен\S*|не сохранен\S*|опущен\S*|не добавлен\S*)$/i;
const ATTACHED =
  /^<(?:attached|прикреплено|вложение): ([^<>\n]{1,255})>|^([^\n<>]{1,255}\.\w{2,5}) \((?:file attached|файл добавлен|файл прикрепл[её]н)\)/i;
const PLACE = /^(?:location|live location shared|местоположение|геопозиция)\b:? ?(https:\/\/\S+)?/i;
const POLL = /^(?:poll|опрос):\n(.+)/i;
const EDITED = /[\s\u200e]*<(?:this message was edited|(?:это |данное )?сообщение изменено)>$/i;

const LEFT_OUT_KINDS: Readonly<Record<string, MessageKind>> = {
  image: "photo",
  photo: "photo",
  изображение: "photo",
  фото: "photo",
  video: "video",
  видео: "video",
  audio: "audio",
  аудио: "audio",
  "voice message": "voice",
  "голосовое сообщение": "voice",
  gif: "animation",
  sticker: "sticker",
  стикер: "sticker",
  "contact card": "contact",
  "карточка контакта": "contact",
};

const FILE_KINDS: readonly (readonly [kind: MessageKind, names: RegExp])[] = [
  ["voice", /PTT|\.opus$/i],
  ["sticker", /STICKER|STK|\.webp$/i],
  ["animation", /GIF/i],
  ["photo", /PHOTO|IMG|\.(?:jpe?g|png|heic)$/i],
  ["video", /VIDEO|VID|\.(?:mp4|mov|3gp)$/i],
  ["audio", /AUDIO|AUD|\.(?:mp3|m4a|ogg|aac)$/i],
  ["contact", /\.vcf$/i],
];

/** What a message holds. Direction marks at the edges of its text are the app's. */
export function contentOf(written: string): Content {
  const text = written
    .replaceAll(/^[\u200e\u200f]+|[\u200e\u200f]+$/g, "")
    .replace(EDITED, "")
    .replaceAll("\u200e<", "<");
  if (OMITTED.test(text)) return { kind: "other", text: "" };
  const [leftOut, , what = ""] = LEFT_OUT.exec(text.replaceAll("\u200e", "")) ?? [];
  if (leftOut !== undefined) return { kind: LEFT_OUT_KINDS[what.toLowerCase()] ?? "file", text: "" };
  const [attached, bracketed, named] = ATTACHED.exec(text) ?? [];
  if (attached !== undefined) {
    const fileName = bracketed ?? named ?? "";
    const kind = FILE_KINDS.find(([, names]) => names.test(fileName))?.[0] ?? "file";
    return { kind, fileName, text: text.slice(attached.length).trim() };
  }
  const [, question] = POLL.exec(text) ?? [];
  if (question !== undefined) return { kind: "poll", text: question };
  return PLACE.exec(text)?.[1] === undefined ? { kind: "text", text } : { kind: "location", text: "" };
}

import { type FieldMap, type OwnField, ownFields } from "./format.ts";

/** What other programs call our fields, in lower case without spaces, dashes and underscores; the likeliest first. */
const ALSO_CALLED: Readonly<Record<OwnField, readonly string[]>> = {
  id: ["id", "messageid", "msgid", "mid", "uuid", "guid", "номер"],
  space: [
    "space",
    "room",
    "channel",
    "channelname",
    "chat",
    "chatname",
    "group",
    "forum",
    "board",
    "topic",
    "roomid",
    "channelid",
    "chatid",
    "чат",
    "канал",
    "комната",
  ],
  sentAt: [
    "sentat",
    "ts",
    "timestamp",
    "date",
    "datetime",
    "time",
    "createdat",
    "created",
    "sent",
    "unixtime",
    "dateutc",
    "дата",
    "время",
    "датаивремя",
  ],
  authorId: ["authorid", "userid", "fromid", "senderid", "memberid", "uid", "accountid"],
  authorName: [
    "authorname",
    "author",
    "user",
    "username",
    "name",
    "from",
    "sender",
    "nick",
    "nickname",
    "member",
    "displayname",
    "автор",
    "имя",
    "пользователь",
    "участник",
    "отправитель",
  ],
  text: ["text", "message", "body", "content", "msg", "comment", "postraw", "текст", "сообщение"],
  replyTo: ["replyto", "replytoid", "inreplyto", "replytomessageid", "parentid", "parent", "ответна"],
};

function plainName(field: string): string {
  return field.toLowerCase().replaceAll(/[\s_\-.]/g, "");
}

/** Which of the file's fields most likely holds what. A field is never guessed for two things. */
export function guessFields(fields: readonly string[]): FieldMap {
  const guess: Partial<Record<OwnField, string>> = {};
  const taken = new Set<string>();
  for (const own of ownFields) {
    const found = ALSO_CALLED[own]
      .map((name) => fields.find((field) => plainName(field) === name && !taken.has(field)))
      .find((field) => field !== undefined);
    if (found === undefined) continue;
    guess[own] = found;
    taken.add(found);
  }
  return guess;
}

/** What cannot be done without: when it was, and who it was (by id or by name). */
export function missingFields(map: FieldMap): OwnField[] {
  const missing: OwnField[] = [];
  if (map.sentAt === undefined) missing.push("sentAt");
  if (map.authorId === undefined && map.authorName === undefined) missing.push("authorName");
  if (map.text === undefined) missing.push("text");
  return missing;
}

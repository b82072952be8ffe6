import { m } from "#words";
import {
  accountOf,
  LONGEST_POST,
  LONGEST_TITLE,
  topicKinds,
  type TopicKind,
  topicPath,
  type TopicRow,
} from "../model.ts";
import { livingBoards } from "../call.ts";
import { groupsMeant } from "../talk/calling.ts";
import { htmlOf } from "../talk/text.ts";
import { ACCEPTED, FILE_BYTES, PICTURE_BYTES } from "../uploads/admit.ts";
import { MOST_FILES } from "../uploads/form.ts";
import { markup, type Html, trusted } from "./html.ts";
import { standing } from "./topic-rows.ts";
import type { HubVisit } from "./visit.ts";

const MB = 1024 ** 2;

/** The field in which a post is typed. It may stay empty where a picture says it all. */
export function textField(text: string, label: string): Html {
  return markup`<div class="field"><label for="text">${label}</label><div class="toolbar"></div><textarea id="text" name="text" maxlength="${LONGEST_POST}" rows="8" aria-describedby="text-hint">
${text}</textarea><small id="text-hint">${m.hub_markdown_hint()}</small></div>`;
}

/** The field in which pictures and files are chosen; the form they come with must say `withFiles`. */
export function filesField(): Html {
  const sizes = { count: MOST_FILES, picture: PICTURE_BYTES / MB, file: FILE_BYTES / MB };
  return markup`<label>${m.hub_field_files()}<input type="file" name="files" multiple accept="${ACCEPTED}"><small>${m.hub_files_hint(sizes)}</small></label>`;
}

/** What a form with files says of itself. */
export const withFiles = trusted(` enctype="multipart/form-data"`);

/** How a text will look in this board, above the form it was typed in. */
export async function previewOf(
  { call, slug }: HubVisit,
  { text, boardId }: { text: string; boardId: string },
): Promise<Html | false> {
  if (text.trim() === "") return false;
  const { community } = call;
  const memberId = accountOf(call.visitor)?.memberId;
  const home = call.boards.find(({ id }) => id === boardId)?.id;
  const groups = await groupsMeant(call, text);
  const place = { community, slug, groups, ...(memberId === undefined ? {} : { writer: { memberId, boardId: home } }) };
  const shown = await call.run((tx) => htmlOf(tx, place, text));
  return markup`<section class="preview" aria-live="polite"><h2>${m.hub_preview()}</h2><div class="post"><div class="text">${trusted(shown)}</div></div></section>`;
}

/** What somebody has typed into the form of a new topic. */
export interface TypedTopic {
  readonly form: string;
  readonly boardId: string;
  readonly kind: TopicKind;
  readonly title: string;
  readonly tags: string;
  readonly text: string;
}

const kindNames: Record<TopicKind, () => string> = { question: m.hub_kind_question, discussion: m.hub_kind_discussion };

/** Topics like the one being typed, so that nobody asks what was answered; nothing when there are none. */
export function likeIt({ slug }: HubVisit, similar: readonly TopicRow[]): Html | false {
  if (similar.length === 0) return false;
  const lines = similar.map(
    (topic) =>
      markup`<li><div><a class="title" href="${topicPath(slug, topic)}">${topic.title}</a> ${standing(topic)}</div><div class="count">${m.hub_replies({ count: Math.max(0, topic.posts - 1) })}</div></li>`,
  );
  return markup`<section class="similar"><h2>${m.hub_similar()}</h2><ul class="list">${lines}</ul></section>`;
}

/** The form of a new topic; under its title stand topics that are like it. */
export function newTopicForm(visit: HubVisit, typed: TypedTopic, similar: readonly TopicRow[] = []): Html {
  const boards = livingBoards(visit.call);
  const options = boards.map(
    ({ id, name }) => markup`<option value="${id}"${id === typed.boardId && markup` selected`}>${name}</option>`,
  );
  const kinds = topicKinds.map(
    (kind) =>
      markup`<label><input type="radio" name="kind" value="${kind}"${kind === typed.kind && markup` checked`}> ${kindNames[kind]()}</label>`,
  );
  return markup`<form class="stack" method="post" action="${visit.home}/new"${withFiles}><input type="hidden" name="form" value="${typed.form}"><fieldset><legend>${m.hub_field_kind()}</legend>${kinds}</fieldset><label>${m.hub_field_title()}<input name="title" required minlength="3" maxlength="${LONGEST_TITLE}" value="${typed.title}"></label><div id="similar" aria-live="polite">${likeIt(visit, similar)}</div><label>${m.hub_field_board()}<select name="board">${options}</select></label>${textField(typed.text, m.hub_field_text())}${filesField()}<label>${m.hub_field_tags()}<input name="tags" maxlength="200" value="${typed.tags}"><small>${m.hub_tags_hint()}</small></label><div class="row"><button class="main">${m.hub_publish()}</button><button name="deed" value="preview" formnovalidate>${m.hub_preview()}</button></div></form>`;
}

/** A reply as somebody has typed it so far. */
export interface TypedReply {
  readonly form: string;
  readonly topic: number;
  readonly to: string;
  readonly text: string;
}

/** The form of a reply on a page of its own: with a quote, after a preview, or when the first try was refused. */
export function replyForm(visit: HubVisit, typed: TypedReply): Html {
  return markup`<form class="stack" method="post" action="${visit.home}/t/${typed.topic}/reply"${withFiles}><input type="hidden" name="form" value="${typed.form}"><input type="hidden" name="to" value="${typed.to}">${textField(typed.text, m.hub_field_reply())}${filesField()}<div class="row"><button class="main">${m.hub_reply()}</button><button name="deed" value="preview">${m.hub_preview()}</button><a class="button" href="${visit.home}/t/${typed.topic}">${m.hub_cancel()}</a></div></form>`;
}

/** A post as it is being changed. */
export interface TypedEdit {
  readonly topic: number;
  readonly number: number;
  readonly version: string;
  /** Of a topic's first post alone. */
  readonly title: string | undefined;
  readonly text: string;
}

/** A post that was changed while somebody else wrote their change of it: what it says now, above their own text. */
export function conflictNote(text: string): Html {
  return markup`<section class="conflict"><h2>${m.hub_conflict_title()}</h2><pre class="source" tabindex="0">${text}</pre><p class="hint">${m.hub_conflict_text()}</p></section>`;
}

/** The form in which a post is changed. */
export function editForm(visit: HubVisit, typed: TypedEdit): Html {
  const title =
    typed.title !== undefined &&
    markup`<label>${m.hub_field_title()}<input name="title" required minlength="3" maxlength="${LONGEST_TITLE}" value="${typed.title}"></label>`;
  return markup`<form class="stack" method="post" action="${visit.home}/t/${typed.topic}/p/${typed.number}/edit"${withFiles}><input type="hidden" name="version" value="${typed.version}">${title}${textField(typed.text, m.hub_field_text())}${filesField()}<div class="row"><button class="main">${m.hub_save()}</button><button name="deed" value="preview">${m.hub_preview()}</button><a class="button" href="${visit.home}/t/${typed.topic}#post-${typed.number}">${m.hub_cancel()}</a></div></form>`;
}

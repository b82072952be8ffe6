import { Refusal } from "#src/base/refusal.ts";
import { m } from "#words";
import { LONGEST_TITLE, type OwnMarks, postPath, reactionMarks, topicKinds, topicPath } from "../model.ts";
import { readSource, seenTopic } from "../queries.ts";
import { standsNow } from "../talk/around.ts";
import { topicsLike } from "../search/search.ts";
import type { WholeTopic } from "../store/topics.ts";
import { onTo, pageAnswer } from "./answer.ts";
import { arrangeForms } from "./arrange-forms.ts";
import { deskForms } from "./desk.ts";
import { doorForms } from "./door-forms.ts";
import { faceForms } from "./face-forms.ts";
import { leftOutNote, tellFiles } from "./files.ts";
import { documentOf, faultNote } from "./frame.ts";
import { groupForms } from "./groups.ts";
import { markup, type Html } from "./html.ts";
import type { Sending, Sent } from "./kinds.ts";
import { noticeForms } from "./notices.ts";
import { themeForms } from "./theme.ts";
import { viewingForms } from "./viewing.ts";
import {
  conflictNote,
  editForm,
  newTopicForm,
  previewOf,
  replyForm,
  type TypedEdit,
  type TypedReply,
  type TypedTopic,
} from "./write-forms.ts";

/** A page with a form again: whatever was typed stands in it. */
function again({ visit, request }: Sending, page: { title: string; main: Html; status: number }): Response {
  const { title, main, status } = page;
  return pageAnswer(
    request,
    documentOf(visit, { title, main: markup`<h1>${title}</h1>${main}`, isPlain: true }),
    status,
  );
}

/** A form as it is shown again; `boardId` is the board that its text is for. */
interface FormAgain {
  readonly title: string;
  readonly boardId: string;
  readonly main: () => Html;
  /** Both texts, when somebody was faster. */
  readonly late?: () => Promise<Html>;
}

/** Does what a form asks for; when that is refused, or a file was left out, shows the form again with the reason above it. */
async function tried(sending: Sending, form: FormAgain, work: () => Promise<string>): Promise<Response> {
  const { visit, typed, leftOut } = sending;
  const [first] = leftOut;
  if (typed("deed") === "preview" || first !== undefined) {
    const preview = await previewOf(visit, { text: typed("text"), boardId: form.boardId });
    const main = markup`${leftOutNote(leftOut)}${preview}${form.main()}`;
    return again(sending, { title: form.title, main, status: first?.fault.status ?? 200 });
  }
  try {
    return onTo(await work());
  } catch (error) {
    const fault = sending.visit.explain(error);
    const body = fault.code === "hub.edit-conflict" && form.late !== undefined ? await form.late() : form.main();
    return again(sending, { title: form.title, main: markup`${faultNote(fault)}${body}`, status: fault.status });
  }
}

const placeOf = ({ fields: [topic, number] }: Sending) => ({ topic: Number(topic), number: Number(number) });

async function newTopic(sending: Sending): Promise<Response> {
  const { visit, typed } = sending;
  const kind = topicKinds.find((each) => each === typed("kind")) ?? "discussion";
  const wish: TypedTopic = {
    form: typed("form"),
    boardId: typed("board"),
    kind,
    title: typed("title"),
    tags: typed("tags"),
    text: typed("text"),
  };
  const similar = typed("deed") === "preview" ? await topicsLike(visit.call, wish.title.slice(0, LONGEST_TITLE)) : [];
  const form = { title: m.hub_nav_new_topic(), boardId: wish.boardId, main: () => newTopicForm(visit, wish, similar) };
  return tried(sending, form, async () => {
    const { boardId, title, text } = wish;
    const tags = wish.tags
      .split(/[\s,]+/)
      .map((tag) => tag.replace(/^#/, ""))
      .filter((tag) => tag !== "");
    const community = visit.slug;
    const made = await visit.api.topics.openTopic({ community, boardId, kind, title, text, tags, form: wish.form });
    return topicPath(visit.slug, { number: made.topic, title: title.trim() });
  });
}

/** The topic that a reply goes into: the one it was written for, or the one that was merged into meanwhile. */
async function topicToAnswer({ visit }: Sending, number: number): Promise<WholeTopic> {
  try {
    return await seenTopic(visit.call, number);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== "hub.topic-merged") throw error;
    const now = await standsNow(visit.call, { topic: number, number: 1 });
    if (now === undefined) throw error;
    return now.topic;
  }
}

async function answer(sending: Sending): Promise<Response> {
  const { visit, typed } = sending;
  const asked = Number(sending.fields[0]);
  const { title, boardId, number: topic } = await topicToAnswer(sending, asked);
  const wish: TypedReply = { form: typed("form"), topic, to: topic === asked ? typed("to") : "", text: typed("text") };
  const form = { title: m.hub_reply_to({ title }), boardId, main: () => replyForm(visit, wish) };
  return tried(sending, form, async () => {
    const to = Number(wish.to) > 0 ? { to: Number(wish.to) } : {};
    const made = await visit.api.topics.reply({
      community: visit.slug,
      topic,
      text: wish.text,
      form: wish.form,
      ...to,
    });
    return postPath(visit.slug, { number: topic, title }, made.number);
  });
}

async function edit(sending: Sending): Promise<Response> {
  const { visit, typed } = sending;
  const { topic, number } = placeOf(sending);
  const head = await seenTopic(visit.call, topic);
  const title = number === 1 ? typed("title") : undefined;
  const wish: TypedEdit = { topic, number, version: typed("version"), title, text: typed("text") };
  const late = async (): Promise<Html> => {
    const now = await readSource(visit.call, { topic, number });
    return markup`${conflictNote(now.text)}${editForm(visit, { ...wish, version: String(now.version) })}`;
  };
  const form = { title: m.hub_edit_title(), boardId: head.boardId, main: () => editForm(visit, wish), late };
  return tried(sending, form, async () => {
    const ask = { community: visit.slug, topic, number, text: wish.text, version: Number(wish.version) };
    await visit.api.posts.edit({ ...ask, ...(title === undefined ? {} : { title }) });
    return postPath(visit.slug, { number: topic, title: title?.trim() ?? head.title }, number);
  });
}

/** Back to a post after something small was done to it. */
async function backTo(sending: Sending): Promise<Response> {
  const { topic, number } = placeOf(sending);
  const { title } = await seenTopic(sending.visit.call, topic);
  return onTo(postPath(sending.visit.slug, { number: topic, title }, Number.isNaN(number) ? 1 : number));
}

async function remove(sending: Sending): Promise<Response> {
  const { visit, typed } = sending;
  const place = placeOf(sending);
  await visit.api.posts.remove({ community: visit.slug, ...place, reason: typed("reason") });
  return place.number === 1 ? onTo(visit.home) : backTo(sending);
}

async function react(sending: Sending): Promise<Response> {
  const asked = sending.typed("mark");
  const mark = reactionMarks.find((each) => each === asked.slice(1)) ?? reactionMarks[0];
  const isOn = asked.startsWith("+");
  await sending.visit.api.posts.react({ community: sending.visit.slug, ...placeOf(sending), mark, isOn });
  return backTo(sending);
}

async function bookmark(sending: Sending): Promise<Response> {
  const isOn = sending.typed("on") === "yes";
  await sending.visit.api.posts.bookmark({ community: sending.visit.slug, ...placeOf(sending), isOn });
  return backTo(sending);
}

async function hideLinks(sending: Sending): Promise<Response> {
  const isOn = sending.typed("on") === "yes";
  await sending.visit.api.posts.hideLinks({ community: sending.visit.slug, ...placeOf(sending), isOn });
  return backTo(sending);
}

async function report(sending: Sending): Promise<Response> {
  const { visit, typed } = sending;
  await visit.api.posts.report({ community: visit.slug, ...placeOf(sending), reason: typed("reason") });
  return again(sending, {
    title: m.hub_report_title(),
    main: markup`<p>${m.hub_report_done()}</p><p><a href="${visit.home}">${visit.call.facts.name}</a></p>`,
    status: 200,
  });
}

async function accept(sending: Sending): Promise<Response> {
  const [number, topic] = [Number(sending.typed("number")), placeOf(sending).topic];
  await sending.visit.api.topics.accept({ community: sending.visit.slug, topic, number: number > 0 ? number : null });
  return backTo({ ...sending, fields: [String(topic), String(number > 0 ? number : 1)] });
}

async function follow(sending: Sending): Promise<Response> {
  const wanted = sending.typed("following");
  const following: OwnMarks["following"] = wanted === "follow" || wanted === "mute" ? wanted : "none";
  await sending.visit.api.topics.follow({ community: sending.visit.slug, topic: placeOf(sending).topic, following });
  return backTo(sending);
}

const post = (name: string, send: Sent["send"]): Sent => ({
  path: new RegExp(String.raw`^/t/(\d{1,9})/p/(\d{1,9})/${name}$`),
  permission: "hub.member",
  send,
});
const topic = (name: string, send: Sent["send"]): Sent => ({
  path: new RegExp(String.raw`^/t/(\d{1,9})/${name}$`),
  permission: "hub.member",
  send,
});

/** Every form there is. What it asks for is done by the procedure that programs call for the same. */
export const forms: readonly Sent[] = [
  { path: /^\/new$/, permission: "hub.member", files: "text", send: newTopic },
  { path: /^\/files$/, permission: "hub.member", files: "text", send: async (sending) => tellFiles(sending) },
  { ...topic("reply", answer), files: "text" },
  topic("answer", accept),
  topic("follow", follow),
  { ...post("edit", edit), files: "text" },
  post("delete", remove),
  post("react", react),
  post("bookmark", bookmark),
  post("links", hideLinks),
  post("report", report),
  ...arrangeForms,
  ...themeForms,
  ...viewingForms,
  ...doorForms,
  ...faceForms,
  ...noticeForms,
  ...deskForms,
  ...groupForms,
];

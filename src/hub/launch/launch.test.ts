import { expect, test } from "vitest";
import { testDatabase } from "#src/base/testing/database.ts";
import { openCamp } from "../testing/camp.ts";
import { type LaunchFacts, launchStates, launchSteps } from "./model.ts";

const DAY = 86_400_000;
const OPENED = Date.UTC(2026, 0, 5);
const nothing: LaunchFacts = {
  isOpen: false,
  openedAt: undefined,
  joining: "everyone",
  joiningChosenAt: undefined,
  invitedAt: undefined,
  invited: 0,
  foundersAt: undefined,
  firstPostAt: undefined,
  hasRules: false,
  rulesAt: undefined,
  pinnedAt: undefined,
  reportAt: undefined,
};

const done = (facts: Partial<LaunchFacts>, now = OPENED): string[] =>
  launchStates({ ...nothing, ...facts }, [], now).flatMap(({ step, isDone }) => (isDone ? [step] : []));

test("nothing is ticked before anything was done", () => {
  expect(done({})).toEqual([]);
  expect(launchStates(nothing, [], OPENED)).toHaveLength(launchSteps.length);
});

test("ten people who came by invitations are the founders, nine are not yet", () => {
  const facts = { isOpen: true, openedAt: OPENED, joining: "invited", invitedAt: OPENED } as const;
  expect(done({ ...facts, invited: 9 })).toEqual(["hub", "closed-doors", "invitation"]);
  expect(done({ ...facts, invited: 10 })).toEqual(["hub", "closed-doors", "invitation", "founders"]);
  expect(launchStates({ ...nothing, invited: 9 }, [], OPENED).find(({ step }) => step === "founders")?.count).toBe(9);
});

test("doors count as opened only after two weeks of talk, for they were never closed before", () => {
  const open = { isOpen: true, openedAt: OPENED, firstPostAt: OPENED + DAY };
  expect(done(open, OPENED + 14 * DAY)).toEqual(["hub"]);
  expect(done(open, OPENED + 15 * DAY)).toEqual(["hub", "closed-doors", "talk", "doors"]);
  expect(done({ ...open, joining: "invited" }, OPENED + 15 * DAY)).toEqual(["hub", "closed-doors", "talk"]);
});

test("questions to the team are due four weeks after the hub was opened, the report six", () => {
  const due = launchStates({ ...nothing, openedAt: OPENED }, [], OPENED).flatMap(({ step, dueAt }) =>
    dueAt === undefined ? [] : [[step, (dueAt - OPENED) / DAY]],
  );
  expect(due).toEqual([
    ["ama", 28],
    ["report", 42],
  ]);
});

test("what no fact tells is ticked by hand, says by whom, and a fact that comes is believed more than a hand", () => {
  const tick = { step: "ritual", at: OPENED, by: "marmot" };
  const ritual = launchStates(nothing, [tick], OPENED).find(({ step }) => step === "ritual");
  expect(ritual).toMatchObject({ isDone: true, by: "marmot", at: OPENED });
  const rules = launchStates({ ...nothing, hasRules: true }, [{ ...tick, step: "rules" }], OPENED);
  expect(rules.find(({ step }) => step === "rules")).toMatchObject({ isDone: true, by: undefined });
});

const databases = await testDatabase();

test("the steps of a real hub tick themselves, and the list can be put away and brought back", async () => {
  const camp = await openCamp(databases, { joining: "everyone", rules: "Be kind." });
  const { slug: community } = camp.facts;
  const { launch } = camp.team;
  const steps = async () => {
    const { steps: all } = await launch.get({ community });
    return all.flatMap(({ step, isDone }) => (isDone ? [step] : []));
  };
  const anna = await camp.member("anna");
  expect(await steps()).toEqual(["hub", "rules"]);
  await camp.team.setUp.change({ community, joining: "invited" });
  await camp.team.setUp.invite({ community, note: "", uses: 20, days: 14 });
  const { topic } = await anna.api.topics.openTopic({ community, boardId: camp.board, title: "A guide", text: "Read" });
  await camp.team.moderation.arrangeTopic({ community, topic, isPinned: true });
  await launch.tick({ community, step: "ritual", isDone: true });
  expect(await steps()).toEqual(["hub", "closed-doors", "invitation", "rules", "guide", "ritual"]);
  await launch.tick({ community, step: "ritual", isDone: false });
  expect(await steps()).not.toContain("ritual");
  expect((await launch.putAway({ community, isPutAway: true })).isPutAway).toBe(true);
  expect((await launch.putAway({ community, isPutAway: false })).isPutAway).toBe(false);
  const asked = await camp.team.launch.get({ community });
  expect(asked.steps.find(({ step }) => step === "hub")?.at).not.toBeNull();
});

import { dayToDate } from "#src/base/clock.ts";
import type { Audit, TableName } from "../model.ts";

type Cell = string | number;

/** A table as it is saved: names of columns that scripts rely on, then the rows. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

function datesFrom({ period }: Audit): (place: number) => string {
  const first = Date.parse(`${period.from}T00:00:00Z`) / 86_400_000;
  return (place) => dayToDate(first + place);
}

function daily(audit: Audit): Table {
  const dateOf = datesFrom(audit);
  const { messages, members, weekly, newMembers } = audit.daily;
  return {
    columns: ["day", "messages", "members", "membersInSevenDays", "newMembers"],
    rows: messages.map((count, place) => [
      dateOf(place),
      count,
      members[place] ?? 0,
      weekly[place] ?? 0,
      newMembers[place] ?? 0,
    ]),
  };
}

/** Whole weeks, counted back from the last day. */
function weekly(audit: Audit): Table {
  const dateOf = datesFrom(audit);
  const { messages, weekly: people, newMembers } = audit.daily;
  const weeks = Math.floor(messages.length / 7);
  const sum = (values: readonly number[], from: number): number =>
    values.slice(from, from + 7).reduce((all, value) => all + value, 0);
  return {
    columns: ["from", "to", "messages", "members", "newMembers"],
    rows: Array.from({ length: weeks }, (_, week) => {
      const from = messages.length - 7 * (weeks - week);
      return [dateOf(from), dateOf(from + 6), sum(messages, from), people[from + 6] ?? 0, sum(newMembers, from)];
    }),
  };
}

function counts(name: string, { rows }: Audit["languages"]): Table {
  return { columns: [name, "count"], rows: rows.map(({ key, count }) => [key, count]) };
}

function cohorts({ cohorts: all }: Audit): Table {
  const weeks = Math.max(0, ...all.map(({ returned }) => returned.length));
  return {
    columns: ["week", "members", ...Array.from({ length: weeks }, (_, week) => `week${week}`)],
    rows: all.map(({ week, members, returned }) => [week, members, ...returned]),
  };
}

function heat({ heat: cells }: Audit): Table {
  return {
    columns: ["weekday", ...Array.from({ length: 24 }, (_, hour) => String(hour))],
    rows: cells.map((hours, weekday) => [weekday, ...hours]),
  };
}

function spaces({ spacesCompared }: Audit): Table {
  return {
    columns: [
      "space",
      "messages",
      "members",
      "questions",
      "answeredShare",
      "medianAnswerSeconds",
      "messagesBefore",
      "membersBefore",
    ],
    rows: spacesCompared.map((one) => [
      one.space.name,
      one.messages,
      one.members,
      one.questions,
      one.answeredShare ?? "",
      one.medianAnswer ?? "",
      one.before?.messages ?? "",
      one.before?.members ?? "",
    ]),
  };
}

function signals({ signals: all }: Audit): Table {
  return {
    columns: ["from", "to", "signal", "facts"],
    rows: all.map(({ from, to, kind, facts }) => [from, to, kind, JSON.stringify(facts)]),
  };
}

function figures({ figures: all }: Audit): Table {
  return {
    columns: ["metric", "unit", "value", "before"],
    rows: all.map(({ metric, unit, value, before }) => [metric, unit, value ?? "", before ?? ""]),
  };
}

/** A table of an audit. The members are another matter: there may be many. */
export function tableOf(name: Exclude<TableName, "members">, audit: Audit): Table {
  switch (name) {
    case "daily":
      return daily(audit);
    case "weekly":
      return weekly(audit);
    case "cohorts":
      return cohorts(audit);
    case "heat":
      return heat(audit);
    case "languages":
      return counts("language", audit.languages);
    case "domains":
      return counts("domain", audit.domains);
    case "reactions":
      return counts("reaction", audit.reactions);
    case "spaces":
      return spaces(audit);
    case "signals":
      return signals(audit);
    case "figures":
      return figures(audit);
  }
}

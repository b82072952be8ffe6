import type { MembersBehind } from "../model.ts";
import { goneFrom } from "./gone-members.ts";
import type { Crowd } from "./people.ts";
import { halfOf } from "./spread.ts";
import { flagsOf } from "./sheet.ts";

/** A member of a list by number, with what they did in the window. */
export interface PersonBehind {
  readonly member: number;
  readonly messages: number;
  readonly activeDays: number;
  readonly lastDay: number;
}

function chooser(crowd: Crowd, behind: MembersBehind): (member: number, messages: number) => boolean {
  const arrived = flagsOf(crowd.arrived);
  switch (behind) {
    case "new":
      return (member) => arrived[member] === 1;
    case "returning":
      return (member) => arrived[member] !== 1;
    case "gone": {
      const gone = flagsOf(goneFrom(crowd));
      return (member) => gone[member] === 1;
    }
    case "one-message":
      return (_, messages) => messages === 1;
    default:
      return () => true;
  }
}

/** The members behind a number, those who wrote most first; of equals, the one known longer. */
export function peopleBehind(crowd: Crowd, behind: MembersBehind): PersonBehind[] {
  const { people } = crowd;
  const isWanted = chooser(crowd, behind);
  const found: PersonBehind[] = [];
  for (let row = 0; row < people.count; row += 1) {
    const [member, messages] = [people.member[row] ?? 0, people.messages[row] ?? 0];
    if (isWanted(member, messages)) {
      found.push({ member, messages, activeDays: people.activeDays[row] ?? 0, lastDay: people.lastDay[row] ?? 0 });
    }
  }
  found.sort((a, b) => b.messages - a.messages || a.member - b.member);
  return behind === "half" ? found.slice(0, halfOf(people.messages.toSorted())) : found;
}

/** The two marks that leave somebody out of the figures of members. */
export interface PartMarks {
  readonly isStaff: boolean;
  readonly isBot: boolean;
}

/** A member who is part of a merged person. */
export interface Part {
  readonly memberId: string;
  /** The member it was merged into; undefined for the person itself. */
  readonly intoId: string | undefined;
  /** The marks it had before it was part of anything. */
  readonly own: PartMarks;
  /** Marks given to the person under this member since; undefined: as its parts say. */
  readonly decided: { readonly isStaff: boolean | undefined; readonly isBot: boolean | undefined };
}

/** A person as a tree of members; one that was never merged is a tree of one. */
export type PersonTree = readonly Part[];

const undecided: Part["decided"] = { isStaff: undefined, isBot: undefined };

/** Somebody who is not merged with anybody. */
export function alone(memberId: string, own: PartMarks): PersonTree {
  return [{ memberId, intoId: undefined, own, decided: undecided }];
}

/** The member that the whole person goes by. */
export function headOf(tree: PersonTree): Part {
  const head = tree.find((part) => part.intoId === undefined);
  if (head === undefined) throw new Error("a person without a head");
  return head;
}

function branch(tree: PersonTree, memberId: string): Part[] {
  const top = tree.filter((part) => part.memberId === memberId);
  const below = tree.filter((part) => part.intoId === memberId);
  return [...top, ...below.flatMap((part) => branch(tree, part.memberId))];
}

/** What the parts below a member and it itself say of a mark, decisions below it included and its own one not. */
function said(tree: PersonTree, part: Part, mark: keyof PartMarks): boolean {
  const below = tree.filter((each) => each.intoId === part.memberId);
  return part.own[mark] || below.some((each) => each.decided[mark] ?? said(tree, each, mark));
}

/** A person's marks: those decided for them, else any that one of their parts has. */
export function marksOf(tree: PersonTree): PartMarks {
  const head = headOf(tree);
  return {
    isStaff: head.decided.isStaff ?? said(tree, head, "isStaff"),
    isBot: head.decided.isBot ?? said(tree, head, "isBot"),
  };
}

/** Makes one person part of another. */
export function join(joining: PersonTree, into: PersonTree): PersonTree {
  const { memberId } = headOf(joining);
  const intoId = headOf(into).memberId;
  return [...into, ...joining.map((part) => (part.memberId === memberId ? { ...part, intoId } : part))];
}

/** Takes a member, with everybody merged into it, out of a person: both are then as if they had never met. */
export function separate(tree: PersonTree, memberId: string): { leaving: PersonTree; staying: PersonTree } {
  const gone = branch(tree, memberId);
  const ids = new Set(gone.map((part) => part.memberId));
  return {
    leaving: gone.map((part) => (part.memberId === memberId ? { ...part, intoId: undefined } : part)),
    staying: tree.filter((part) => !ids.has(part.memberId)),
  };
}

/** Gives a person marks. A mark that says what its parts say anyway is no decision, so undoing one leaves no trace. */
export function decide(tree: PersonTree, marks: Partial<PartMarks>): PersonTree {
  const head = headOf(tree);
  const decidedOn = (mark: keyof PartMarks): boolean | undefined => {
    const wish = marks[mark];
    if (wish === undefined) return head.decided[mark];
    return wish === said(tree, head, mark) ? undefined : wish;
  };
  const decided = { isStaff: decidedOn("isStaff"), isBot: decidedOn("isBot") };
  return tree.map((part) => (part === head ? { ...part, decided } : part));
}

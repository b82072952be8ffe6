import type { Audit, Ref, Signal } from "#src/analytics/model.ts";

/** A number in the place of a member's id: nobody outside may follow one person through several reports. */
function maskedId(place: number): string {
  return `00000000-0000-7000-8000-${String(place).padStart(12, "0")}`;
}

/**
 * The audit as it is shown outside: no ids of members, nothing to be opened behind a claim and, where `nameOf` is given,
 * no names: it words the member's number in this audit, from 1. Who has no name keeps none.
 */
export function masked(audit: Audit, nameOf: ((place: number) => string) | undefined): Audit {
  const places = new Map<string, number>();
  const placeOf = (id: string): number => {
    const place = places.get(id) ?? places.size + 1;
    places.set(id, place);
    return place;
  };
  // Those who wrote most are 1, 2, 3, whoever is mentioned beside them.
  for (const { member } of audit.top) placeOf(member.id);
  const person = ({ id, name }: Ref): Ref => {
    const place = placeOf(id);
    return { id: maskedId(place), name: nameOf === undefined ? name : nameOf(place) };
  };
  const known = new Map([...audit.top, ...(audit.graph?.nodes ?? [])].map(({ member }) => [member.name, member.id]));
  const told = ({ behind, facts, ...signal }: Signal): Signal => {
    const name = String(facts["name"] ?? "");
    const id = behind.kind === "member" ? behind.member : (known.get(name) ?? `named ${name}`);
    const shown = name === "" || nameOf === undefined ? facts : { ...facts, name: nameOf(placeOf(id)) };
    return { ...signal, facts: shown, behind: { kind: "all" } };
  };
  return {
    ...audit,
    top: audit.top.map((row) => ({ ...row, member: person(row.member), to: row.to.map(person) })),
    graph:
      audit.graph === null
        ? null
        : { ...audit.graph, nodes: audit.graph.nodes.map((node) => ({ ...node, member: person(node.member) })) },
    signals: audit.signals.map(told),
  };
}

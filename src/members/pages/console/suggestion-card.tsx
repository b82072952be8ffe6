import { Button, Kbd, Radio } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { Link, useParams } from "react-router";
import { m } from "#words";
import { formatDate, formatNumber } from "#src/web/kit/format.ts";
import { Initial } from "#src/web/kit/initial.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import type { Candidate, MergeSuggestion } from "../../merging/model.ts";
import { Accounts } from "./member-card.tsx";
import { MarkTags, shownName } from "./member-name.tsx";
import { Certainty, Reasons } from "./merge-reasons.tsx";
import type { MergeDeed } from "./merge-action.ts";
import classes from "./suggestions.module.css";

/** One of the two: who they are, where they write, and whether they are the one who stays. */
function Side({ person, stays }: { person: Candidate; stays: ReactNode }) {
  const { community } = useParams();
  const reader = useReader();
  const last = person.lastActiveAt;
  return (
    <div className={classes["side"]}>
      <div className={classes["who"]}>
        <Initial name={person.name} size={36} />
        <Link to={`/console/${community}/members/${person.id}`} className={classes["name"]}>
          <bdi>{shownName(person.name)}</bdi>
        </Link>
        <MarkTags isStaff={person.isStaff} isBot={person.isBot} />
      </div>
      <Accounts accounts={person.accounts} />
      <p className={classes["facts"]}>
        {m.members_candidate_facts({ count: person.messages, days: formatNumber(person.activeDays, reader) })}
        {" · "}
        {last === null
          ? m.members_never_wrote()
          : m.members_candidate_span({
              from: formatDate(Date.parse(person.firstSeenAt), reader),
              to: formatDate(Date.parse(last), reader),
            })}
      </p>
      {person.spaces.length > 0 && <p className={classes["facts"]}>{person.spaces.join(", ")}</p>}
      {stays}
    </div>
  );
}

export interface SuggestionCardProps {
  readonly suggestion: MergeSuggestion;
  /** Keys act on this one. */
  readonly current: boolean;
  readonly mayDecide: boolean;
  readonly busy: boolean;
  readonly act: (deed: MergeDeed) => void;
}

/** Two people side by side, why they may be one, and what can be decided. */
export function SuggestionCard(props: SuggestionCardProps) {
  const { suggestion, mayDecide, busy, act } = props;
  const [one, other] = suggestion.people;
  const [stays, setStays] = useState(one.id);
  const waits = suggestion.dismissedAt === null;
  const radio = (person: Candidate): ReactNode =>
    mayDecide &&
    waits && (
      <Radio
        size="sm"
        name={`stays-${suggestion.id}`}
        label={m.members_stays()}
        checked={stays === person.id}
        onChange={() => setStays(person.id)}
      />
    );
  return (
    <article
      className={classes["card"]}
      data-suggestion={suggestion.id}
      data-current={props.current || undefined}
      data-stays={stays}
      tabIndex={-1}
      aria-label={m.members_suggestion_of({ one: shownName(one.name), other: shownName(other.name) })}
    >
      <div className={classes["sides"]}>
        <Side person={one} stays={radio(one)} />
        <Side person={other} stays={radio(other)} />
      </div>
      <div className={classes["why"]}>
        <Certainty certainty={suggestion.certainty} />
        <Reasons reasons={suggestion.reasons} />
      </div>
      {mayDecide && <Deeds suggestion={suggestion} stays={stays} busy={busy} act={act} />}
    </article>
  );
}

interface DeedsProps {
  readonly suggestion: MergeSuggestion;
  readonly stays: string;
  readonly busy: boolean;
  readonly act: (deed: MergeDeed) => void;
}

/** What can be decided about two people. */
function Deeds({ suggestion: { id, dismissedAt }, stays, busy, act }: DeedsProps) {
  if (dismissedAt !== null)
    return (
      <div className={classes["deeds"]}>
        <Button variant="default" loading={busy} onClick={() => act({ do: "reopen", suggestion: id })}>
          {m.members_suggestion_reopen()}
        </Button>
      </div>
    );
  return (
    <div className={classes["deeds"]}>
      <Button
        loading={busy}
        rightSection={<Key>A</Key>}
        onClick={() => act({ do: "accept", suggestion: id, intoId: stays })}
      >
        {m.members_merge()}
      </Button>
      <Button
        variant="default"
        loading={busy}
        rightSection={<Key>D</Key>}
        onClick={() => act({ do: "dismiss", suggestion: id })}
      >
        {m.members_different_people()}
      </Button>
    </div>
  );
}

/** The key that does the same; phones have none. */
function Key({ children }: { children: string }) {
  return (
    <Kbd size="xs" visibleFrom="sm" aria-hidden>
      {children}
    </Kbd>
  );
}

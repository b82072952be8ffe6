import { m } from "#words";
import { Tag } from "#src/web/kit/tag.tsx";
import type { MergeSuggestion, Reason } from "../../merging/model.ts";
import classes from "./suggestions.module.css";

const certaintyWords = {
  "almost-certain": m.members_certainty_almost,
  likely: m.members_certainty_likely,
  possible: m.members_certainty_possible,
};
const tones = { "almost-certain": "good", likely: "accent", possible: "quiet" } as const;

/** How sure a suggestion is, in a word. */
export function Certainty({ certainty }: { certainty: MergeSuggestion["certainty"] }) {
  return <Tag tone={tones[certainty]}>{certaintyWords[certainty]()}</Tag>;
}

function nameAgreement(reason: Extract<Reason, { kind: "same-name" | "similar-name" | "short-name" }>): string {
  const [one, other] = reason.names;
  if (reason.kind === "short-name") return m.members_reason_short_name({ one, other });
  if (reason.kind === "similar-name") return m.members_reason_similar_name({ one, other });
  return m.members_reason_same_name({ one, other });
}

/** How many accounts have the rarest word that both names share; the two themselves are two of them. */
function rarityOf(bearers: number): string {
  if (bearers === 0) return "";
  return bearers <= 2 ? m.members_reason_nobody_else() : m.members_reason_bearers({ count: bearers });
}

function sentenceOf(reason: Reason): string {
  switch (reason.kind) {
    case "same-username":
      return m.members_reason_same_username({ username: reason.username });
    case "similar-username":
      return m.members_reason_similar_username({ one: reason.usernames[0], other: reason.usernames[1] });
    case "same-name":
    case "similar-name":
    case "short-name": {
      return [nameAgreement(reason), rarityOf(reason.bearers)].filter((part) => part !== "").join(" ");
    }
    case "username-from-name":
      return m.members_reason_username_from_name({ username: reason.username, name: reason.name });
    case "own-link":
      return m.members_reason_own_link({ url: reason.url, count: reason.messages });
    case "says-so":
      return m.members_reason_says_so({ text: reason.text });
    case "same-days":
      return m.members_reason_same_days({ days: reason.days, count: reason.of });
  }
}

/** Why two people may be one, a sentence for each reason. */
export function Reasons({ reasons }: { reasons: readonly Reason[] }) {
  return (
    <ul className={classes["reasons"]} aria-label={m.members_reasons()}>
      {reasons.map((reason) => (
        <li key={JSON.stringify(reason)}>{sentenceOf(reason)}</li>
      ))}
    </ul>
  );
}

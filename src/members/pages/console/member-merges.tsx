import { Button } from "@mantine/core";
import { useParams } from "react-router";
import { m } from "#words";
import { Confirm } from "#src/web/kit/confirm.tsx";
import { formatDate } from "#src/web/kit/format.ts";
import { SectionHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import type { Merge } from "../../merging/model.ts";
import type { Member } from "../../model.ts";
import { Accounts } from "./member-card.tsx";
import { shownName } from "./member-name.tsx";
import { MergeWith } from "./merge-with.tsx";
import { Reasons } from "./merge-reasons.tsx";
import { useMerges } from "./use-merges.ts";
import classes from "./suggestions.module.css";

/** Whom a person was merged from and separated from, by whom and why, and ways to change that. */
export function MemberMerges(props: { member: Member; merges: readonly Merge[]; mayChange: boolean }) {
  const { community } = useParams();
  const { member, merges, mayChange } = props;
  if (merges.length === 0 && !mayChange) return null;
  return (
    <Part narrow>
      <SectionHeader
        title={m.members_merges()}
        aside={mayChange && <MergeWith member={member} community={community ?? ""} />}
      />
      {merges.length === 0 ? (
        <p className={classes["facts"]}>{m.members_merges_none()}</p>
      ) : (
        <ul className={classes["merges"]} aria-label={m.members_merges()}>
          {merges.map((merge) => (
            <MergeLine key={merge.id} merge={merge} mayChange={mayChange} />
          ))}
        </ul>
      )}
    </Part>
  );
}

function MergeLine({ merge, mayChange }: { merge: Merge; mayChange: boolean }) {
  const reader = useReader();
  const { act, busy } = useMerges();
  const name = shownName(merge.member.name);
  const into = shownName(merge.into.name);
  const date = formatDate(Date.parse(merge.mergedAt), reader);
  const { separatedAt } = merge;
  return (
    <li>
      <div>
        <strong>
          <bdi>{m.members_merge_line({ name, into })}</bdi>
        </strong>
        <Accounts accounts={merge.member.accounts} />
        <p className={classes["facts"]}>
          {m.members_merged_by({ who: merge.mergedBy, date })}
          {separatedAt !== null &&
            ` · ${m.members_separated_by({ who: merge.separatedBy ?? "", date: formatDate(Date.parse(separatedAt), reader) })}`}
        </p>
        {merge.evidence !== null && separatedAt === null && <Reasons reasons={merge.evidence} />}
      </div>
      {mayChange && separatedAt === null && (
        <Confirm
          title={m.members_separate_title({ name })}
          text={m.members_separate_text()}
          confirm={m.members_separate()}
          onConfirm={() => act({ do: "separate", merge: merge.id })}
        >
          {(ask) => (
            <Button
              variant="default"
              size="compact-sm"
              loading={busy}
              onClick={ask}
              aria-label={m.members_separate_name({ name })}
            >
              {m.members_separate()}
            </Button>
          )}
        </Confirm>
      )}
    </li>
  );
}

import { IconCheck } from "@tabler/icons-react";
import { Link } from "react-router";
import { m } from "#words";
import { useQuery } from "#src/web/kit/address.ts";
import { FilterChips, ToggleChip } from "#src/web/kit/filter-chips.tsx";
import { type Audit, segments } from "../../../model.ts";
import classes from "./choice-chip.module.css";
import { ChoiceChip } from "./choice-chip.tsx";
import { PeriodChip } from "./period-chip.tsx";
import { SpacesChip } from "./spaces-chip.tsx";

/** A segment that the team saved. */
export interface Saved {
  readonly id: string;
  readonly name: string;
}

/** What the audit is about, as chips that write the address: days, spaces, members, comparison. */
export function Choices({ audit, saved }: { audit: Audit; saved: readonly Saved[] }) {
  const { change, read } = useQuery();
  const { period, history } = audit;
  return (
    <FilterChips label={m.analytics_page_filters()}>
      {history !== null && <PeriodChip period={period} history={history} />}
      {(audit.spaceCount > 1 || audit.spaces.length > 0) && <SpacesChip chosen={audit.spaces} />}
      <SegmentChip segment={audit.segment} />
      {saved.length > 0 && <SavedSegmentChip chosen={audit.savedSegment} saved={saved} />}
      {(audit.before !== null || read("compare") === "none") && (
        <ToggleChip
          label={m.analytics_page_compare()}
          on={audit.before !== null}
          onChange={(on) => change({ compare: on ? undefined : "none" })}
        />
      )}
    </FilterChips>
  );
}

/** One choice of a chip: a name, what it means where that is not plain, and a tick on the one that stands. */
function Option(props: { to: string; close: () => void; isChosen: boolean; name: string; meaning?: string }) {
  const { to, close, isChosen, name, meaning } = props;
  return (
    <li>
      <Link
        className={classes["option"]}
        to={to}
        onClick={close}
        preventScrollReset
        data-chosen={isChosen || undefined}
        aria-current={isChosen || undefined}
      >
        <span>
          {name}
          {meaning !== undefined && <small>{meaning}</small>}
        </span>
        {isChosen && <IconCheck size={16} aria-hidden />}
      </Link>
    </li>
  );
}

function SegmentChip({ segment }: { segment: Audit["segment"] }) {
  const { change, href } = useQuery();
  return (
    <ChoiceChip
      name={m.analytics_page_segment()}
      chosen={m.analytics_page_segment_name({ segment })}
      on={segment !== "everyone"}
      onClear={() => change({ segment: undefined })}
    >
      {(close) => (
        <ul className={classes["options"]}>
          {segments.map((one) => (
            <Option
              key={one}
              to={href({ segment: one === "everyone" ? undefined : one })}
              close={close}
              isChosen={one === segment}
              name={m.analytics_page_segment_name({ segment: one })}
              meaning={m.analytics_page_segment_meaning({ segment: one })}
            />
          ))}
        </ul>
      )}
    </ChoiceChip>
  );
}

/** The segments of the team's own making. */
function SavedSegmentChip({ chosen, saved }: { chosen: Audit["savedSegment"]; saved: readonly Saved[] }) {
  const { change, href } = useQuery();
  return (
    <ChoiceChip
      name={m.analytics_page_saved_segment()}
      chosen={chosen?.name ?? m.analytics_page_saved_segment_any()}
      on={chosen !== null}
      onClear={() => change({ savedSegment: undefined })}
    >
      {(close) => (
        <ul className={classes["options"]}>
          <Option
            to={href({ savedSegment: undefined })}
            close={close}
            isChosen={chosen === null}
            name={m.analytics_page_saved_segment_any()}
          />
          {saved.map(({ id, name }) => (
            <Option key={id} to={href({ savedSegment: id })} close={close} isChosen={chosen?.id === id} name={name} />
          ))}
        </ul>
      )}
    </ChoiceChip>
  );
}

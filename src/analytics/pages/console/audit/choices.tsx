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

/** What the audit is about, as chips that write the address: days, spaces, members, comparison. */
export function Choices({ audit }: { audit: Audit }) {
  const { change, read } = useQuery();
  const { period, history } = audit;
  return (
    <FilterChips label={m.analytics_page_filters()}>
      {history !== null && <PeriodChip period={period} history={history} />}
      {(audit.spaceCount > 1 || audit.spaces.length > 0) && <SpacesChip chosen={audit.spaces} />}
      <SegmentChip segment={audit.segment} />
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
            <li key={one}>
              <Link
                className={classes["option"]}
                to={href({ segment: one === "everyone" ? undefined : one })}
                onClick={close}
                preventScrollReset
                data-chosen={one === segment || undefined}
                aria-current={one === segment || undefined}
              >
                <span>
                  {m.analytics_page_segment_name({ segment: one })}
                  <small>{m.analytics_page_segment_meaning({ segment: one })}</small>
                </span>
                {one === segment && <IconCheck size={16} aria-hidden />}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </ChoiceChip>
  );
}

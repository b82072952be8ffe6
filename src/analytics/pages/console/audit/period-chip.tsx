import { Button, TextInput } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";
import { m } from "#words";
import { dateToDay } from "#src/base/clock.ts";
import { useQuery } from "#src/web/kit/address.ts";
import { formatPeriod } from "#src/web/kit/format.ts";
import { useReader } from "#src/web/kit/reader.ts";
import type { Span } from "../../../model.ts";
import classes from "./choice-chip.module.css";
import { ChoiceChip } from "./choice-chip.tsx";
import { periodFault, presetOf, presetsOf } from "./periods.ts";

/** Which days the audit is about: one click for the usual periods, two dates for any other. */
export function PeriodChip({ period, history }: { period: Span; history: Span }) {
  const reader = useReader();
  const presets = presetsOf(history);
  const preset = presetOf(presets, period);
  const dates = formatPeriod(dateToDay(period.from) ?? 0, dateToDay(period.to) ?? 0, reader);
  return (
    <ChoiceChip name={m.analytics_page_period()} chosen={dates} on={false}>
      {(close) => (
        <>
          <Presets presets={presets} chosen={preset?.label} close={close} />
          <OwnDates period={period} close={close} />
        </>
      )}
    </ChoiceChip>
  );
}

function Presets(props: { presets: ReturnType<typeof presetsOf>; chosen: string | undefined; close: () => void }) {
  const { href } = useQuery();
  return (
    <ul className={classes["options"]}>
      {props.presets.map(({ label, from, to }) => (
        <li key={label}>
          <Link
            className={classes["option"]}
            to={href({ from, to })}
            onClick={props.close}
            preventScrollReset
            data-chosen={label === props.chosen || undefined}
            aria-current={label === props.chosen || undefined}
          >
            {label}
            {label === props.chosen && <IconCheck size={16} aria-hidden />}
          </Link>
        </li>
      ))}
    </ul>
  );
}

function OwnDates({ period, close }: { period: Span; close: () => void }) {
  const { change } = useQuery();
  const [from, setFrom] = useState(period.from);
  const [to, setTo] = useState(period.to);
  const [fault, setFault] = useState<string>();
  return (
    <form
      className={classes["dates"]}
      onSubmit={(event) => {
        event.preventDefault();
        const found = periodFault(from, to);
        setFault(found);
        if (found !== undefined) return;
        change({ from, to });
        close();
      }}
    >
      <TextInput
        type="date"
        size="xs"
        label={m.analytics_page_from()}
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        size="xs"
        label={m.analytics_page_to()}
        value={to}
        onChange={(event) => setTo(event.currentTarget.value)}
        error={fault}
      />
      <Button type="submit" size="xs" variant="default">
        {m.analytics_page_show()}
      </Button>
    </form>
  );
}

import { Radio, Stack } from "@mantine/core";
import { m } from "#words";
import { useQuery } from "#src/web/kit/address.ts";
import type { DateOrder } from "../../model.ts";
import classes from "./preview.module.css";

const orders: readonly (readonly [order: DateOrder, name: () => string])[] = [
  ["day-first", m.imports_page_dates_day_first],
  ["month-first", m.imports_page_dates_month_first],
  ["year-first", m.imports_page_dates_year_first],
];

/** Asks which number is the day, when a file could be read either way. The preview is made anew with each answer. */
export function DateOrderQuestion({ order }: { order: DateOrder }) {
  const { change } = useQuery();
  return (
    <section className={classes["part"]}>
      <h2>{m.imports_page_dates_title()}</h2>
      <p>{m.imports_page_dates_text()}</p>
      <Radio.Group
        aria-label={m.imports_page_dates_title()}
        value={order}
        onChange={(dates) => change({ dates }, { replace: true })}
      >
        <Stack gap="xs">
          {orders.map(([value, name]) => (
            <Radio key={value} value={value} label={name()} />
          ))}
        </Stack>
      </Radio.Group>
    </section>
  );
}

import { m } from "#words";
import { formatDateShort, formatNumber, type Reader } from "#src/web/kit/format.ts";
import { useReader } from "#src/web/kit/reader.ts";
import type { Preview } from "../../model.ts";
import classes from "./preview.module.css";
import { formatName, metricName } from "./words-of.ts";

/** What was recognised in a file, as a row of facts. */
export function PreviewFacts({ preview }: { preview: Preview }) {
  const reader = { ...useReader(), timeZone: preview.timeZone.value };
  if (preview.numbers !== null) return <NumberFacts numbers={preview.numbers} format={formatName(preview.format)} />;
  const count = (value: number | null) =>
    value === null ? m.imports_page_unknown() : preview.complete ? formatNumber(value, reader) : roughly(value, reader);
  const [from, to] = [preview.firstAt, preview.lastAt].map((at) => at && formatDateShort(Date.parse(at), reader));
  return (
    <dl className={classes["facts"]}>
      <Fact name={m.imports_page_fact_format()} value={formatName(preview.format)} />
      <Fact name={m.imports_page_fact_messages()} value={count(preview.messages)} />
      {preview.authors !== null && <Fact name={m.imports_page_fact_people()} value={count(preview.authors)} />}
      <Fact name={m.imports_page_fact_spaces()} value={formatNumber(preview.spaceCount, reader)} />
      {from && to && <Fact name={m.imports_page_fact_period()} value={from === to ? from : `${from} – ${to}`} />}
    </dl>
  );
}

/** What a table of daily numbers holds: which numbers, of which days and spaces. */
function NumberFacts({ numbers, format }: { numbers: NonNullable<Preview["numbers"]>; format: string }) {
  const reader = { ...useReader(), timeZone: "UTC" };
  const [from, to] = [numbers.firstDay, numbers.lastDay].map((day) => formatDateShort(Date.parse(day), reader));
  const spaces = numbers.spaces.map((name) => name || m.imports_numbers_whole());
  return (
    <dl className={classes["facts"]}>
      <Fact name={m.imports_page_fact_format()} value={format} />
      <Fact name={m.imports_numbers_which()} value={numbers.metrics.map(metricName).join(", ")} />
      <Fact name={m.imports_numbers_count()} value={formatNumber(numbers.count, reader)} />
      <Fact name={m.imports_page_fact_spaces()} value={spaces.slice(0, 5).join(", ")} />
      <Fact name={m.imports_page_fact_period()} value={from === to ? `${from}` : `${from} – ${to}`} />
    </dl>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** An estimate with as many digits as it deserves. */
function roughly(value: number, reader: Reader): string {
  return m.imports_page_about({ number: formatNumber(Number(value.toPrecision(2)), reader) });
}

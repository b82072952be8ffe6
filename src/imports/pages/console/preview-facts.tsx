import { m } from "#words";
import { formatDateShort, formatNumber, type Reader } from "#src/web/kit/format.ts";
import { useReader } from "#src/web/kit/reader.ts";
import type { Preview } from "../../model.ts";
import classes from "./preview.module.css";
import { formatName } from "./words-of.ts";

/** What was recognised in a file, as a row of facts. */
export function PreviewFacts({ preview }: { preview: Preview }) {
  const reader = { ...useReader(), timeZone: preview.timeZone.value };
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

import { m } from "#words";
import { formatMoment, formatZone } from "#src/web/kit/format.ts";
import { useReader } from "#src/web/kit/reader.ts";
import type { Preview } from "../../model.ts";
import classes from "./preview.module.css";
import { kindName } from "./words-of.ts";

/** The first messages of a file as they will be stored: the surest way to see that times and names are right. */
export function SampleTable({ preview }: { preview: Preview }) {
  const { locale } = useReader();
  const reader = { locale, timeZone: preview.timeZone.value };
  if (preview.sample.length === 0) return null;
  const severalSpaces = preview.spaceCount > 1;
  return (
    <section className={classes["part"]} aria-labelledby="sample">
      <h2 id="sample">{m.imports_page_sample_title({ count: preview.sample.length })}</h2>
      <p>{m.imports_page_sample_text({ zone: formatZone(preview.timeZone.value, reader) })}</p>
      <table className={classes["sample"]} aria-labelledby="sample">
        <colgroup>
          <col style={{ width: 168 }} />
          {severalSpaces && <col style={{ width: "16%" }} />}
          <col style={{ width: "18%" }} />
          <col />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{m.imports_page_sample_when()}</th>
            {severalSpaces && <th scope="col">{m.imports_page_sample_where()}</th>}
            <th scope="col">{m.imports_page_sample_who()}</th>
            <th scope="col">{m.imports_page_sample_what()}</th>
          </tr>
        </thead>
        <tbody>
          {preview.sample.map((row, place) => (
            // oxlint-disable-next-line react/no-array-index-key -- messages of a preview have no ids and never change places
            <tr key={place}>
              <td>{formatMoment(Date.parse(row.sentAt), reader)}</td>
              {severalSpaces && (
                <td>
                  <bdi>{row.space}</bdi>
                </td>
              )}
              <td>
                <bdi>{row.author ?? m.imports_page_deleted_account()}</bdi>
              </td>
              <td>
                <Words row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Words({ row }: { row: Preview["sample"][number] }) {
  return (
    <>
      {row.kind !== "text" && <small style={{ color: "var(--v-dim)" }}>{kindName(row.kind)} </small>}
      {row.text !== "" && (
        <bdi className={classes["text"]} title={row.text.slice(0, 500)}>
          {row.text}
        </bdi>
      )}
    </>
  );
}

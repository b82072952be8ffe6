import classes from "./chart-table.module.css";

/** Numbers of a chart as rows; the first column names the row. Cells are already written for the reader, or plain numbers for CSV. */
export interface TableContent {
  columns: readonly string[];
  rows: readonly (readonly (string | number)[])[];
  /** The rows as written in CSV, when they should differ from what is read (plain numbers, ISO dates). */
  raw?: readonly (readonly (string | number)[])[];
}

/** The table behind a chart: shown, or only `spoken` by screen readers beside the picture. */
export function ChartTable({
  columns,
  rows,
  caption,
  spoken = false,
}: TableContent & { caption: string; spoken?: boolean }) {
  const scrolls = spoken ? {} : { className: classes["scroll"], tabIndex: 0, role: "region", "aria-label": caption };
  return (
    <div {...scrolls}>
      <table className={classes["table"]} aria-label={caption}>
        <thead>
          <tr>
            {keyed(columns).map(({ key, value }) => (
              <th key={key} scope="col">
                {value}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {keyed(rows).map(({ key, value: [name, ...cells] }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              {keyed(cells).map((cell) => (
                <td key={cell.key}>{cell.value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A table of numbers has no names of its own, and never changes its order while it stands: places serve as keys. */
function keyed<T>(values: readonly T[]): { key: string; value: T }[] {
  return values.map((value, place) => ({ key: String(place), value }));
}

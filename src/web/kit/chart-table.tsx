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
            {columns.map((column, place) => (
              <th key={place} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            <tr key={place}>
              {row.map((cell, column) =>
                column === 0 ? (
                  <th key={column} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={column}>{cell}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

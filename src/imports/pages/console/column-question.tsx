import { Alert, Select } from "@mantine/core";
import { m } from "#words";
import { useQuery } from "#src/web/kit/address.ts";
import type { Preview } from "../../model.ts";
import classes from "./preview.module.css";
import { fieldWord, type OwnField, ownFields } from "./words-of.ts";

/** Says which column of a file is which field of a message. The preview is made anew with each answer. */
export function ColumnQuestion({
  preview,
  columns,
}: {
  preview: Preview;
  columns: { name: string; example: string }[];
}) {
  const { change } = useQuery();
  const chosen = preview.map ?? {};

  // The address holds the whole map once anything is changed: a field left out of it is guessed.
  function choose(field: OwnField, column: string): void {
    const whole = Object.fromEntries(ownFields.map((one) => [`map.${one}`, chosen[one]]));
    change({ ...whole, [`map.${field}`]: column }, { replace: true });
  }

  return (
    <section className={classes["part"]}>
      <h2>{m.imports_page_columns_title()}</h2>
      <p>{m.imports_page_columns_text()}</p>
      {preview.missing.length > 0 && (
        <Alert color="warning" variant="light" mb="md" role="alert">
          {m.imports_page_columns_missing({ names: preview.missing.map((field) => fieldWord(field).name).join(", ") })}
        </Alert>
      )}
      <div className={classes["map"]}>
        {ownFields.map((field) => (
          <div key={field} className={classes["mapRow"]}>
            <div id={`field-${field}`}>
              {fieldWord(field).name}
              <small>{fieldWord(field).what}</small>
            </div>
            <Select
              aria-labelledby={`field-${field}`}
              placeholder={m.imports_page_column_none()}
              data={columns.map(({ name }) => name)}
              value={chosen[field] ?? null}
              error={preview.missing.includes(field)}
              onChange={(column) => column !== null && choose(field, column)}
              allowDeselect={false}
              searchable={columns.length > 12}
              renderOption={({ option }) => <ColumnOption name={option.value} columns={columns} />}
            />
          </div>
        ))}
      </div>
    </section>
  );
}

function ColumnOption({ name, columns }: { name: string; columns: { name: string; example: string }[] }) {
  const example = columns.find((column) => column.name === name)?.example ?? "";
  return (
    <span style={{ minWidth: 0, overflowWrap: "anywhere" }}>
      {name} <small style={{ color: "var(--v-dim)" }}>{example.slice(0, 40)}</small>
    </span>
  );
}

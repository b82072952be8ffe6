/** A column of whole numbers as PostgreSQL writes an array; many times faster than handing the driver an array. */
export function integers<Name extends string>(rows: readonly Readonly<Record<Name, number>>[], name: Name): string {
  return `{${rows.map((row) => row[name]).join(",")}}`;
}

import { type DateOrder, dateOrderSchema, fieldMapSchema, type FormatName, formatSchema } from "../../model.ts";
import type { FieldMap } from "./words-of.ts";

/** What a person said about a file: everything they did not say is worked out from the file. */
export interface Choice {
  format?: FormatName;
  timeZone?: string;
  dateOrder?: DateOrder;
  map?: FieldMap;
}

/** The choice as it stands in the address of the preview, so that the preview can be reloaded and linked to. */
export function choiceOf(query: { get(name: string): unknown }): Choice {
  const format = formatSchema.safeParse(query.get("format")).data;
  const timeZone = textOf(query.get("zone"));
  const dateOrder = dateOrderSchema.safeParse(query.get("dates")).data;
  const pairs = fieldMapSchema.keyof().options.map((field) => [field, textOf(query.get(`map.${field}`))] as const);
  const map = Object.fromEntries(pairs.filter(([, column]) => column !== undefined));
  return {
    ...(format !== undefined && { format }),
    ...(timeZone !== undefined && { timeZone }),
    ...(dateOrder !== undefined && { dateOrder }),
    ...(Object.keys(map).length > 0 && { map }),
  };
}

/** What the form that starts an import says. */
export function startOf(form: FormData): Choice & { format: FormatName; spaces?: string[] } {
  const choice = choiceOf(form);
  const spaces = form.getAll("space").map((space) => textOf(space) ?? "");
  return { ...choice, format: choice.format ?? "telegram-desktop", ...(spaces.length > 0 && { spaces }) };
}

/** A field of a form or an address that is filled in. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

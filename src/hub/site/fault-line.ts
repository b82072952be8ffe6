import { m } from "#words";
import { LONGEST_TITLE, MOST_TOPIC_TAGS } from "../model.ts";

/** Something wrong with one field of a form. */
export interface FieldFault {
  /** As the API calls it: `title`, `tags.2`. */
  readonly field: string;
  readonly code: string;
  readonly detail: string;
}

const names: Readonly<Record<string, () => string>> = {
  name: m.hub_field_name,
  email: m.hub_field_email,
  password: m.hub_field_password,
  current: m.hub_field_current_password,
  answer: m.hub_field_answer,
  title: m.hub_field_title,
  text: m.hub_field_text,
  tags: m.hub_field_tags,
  reason: m.hub_field_reason,
  about: m.hub_field_about,
  acceptsRules: m.hub_rules,
  numbers: m.hub_arrange_choose,
  into: m.hub_arrange_into,
};

/** What a field takes, where that says more than the sort of fault. */
const sentences: Readonly<Record<string, () => string>> = {
  name: m.hub_fault_name,
  email: m.hub_fault_email,
  password: m.hub_fault_password,
  title: () => m.hub_fault_title({ most: LONGEST_TITLE }),
  tags: () => m.hub_fault_tags({ most: MOST_TOPIC_TAGS }),
  acceptsRules: m.hub_fault_rules,
  numbers: m.hub_fault_numbers,
  into: m.hub_fault_into,
};

/** What is wrong with a field of a form and what to write instead, in one sentence. */
export function faultLine({ field, code, detail }: FieldFault): string {
  const [first = ""] = field.split(/[.[]/, 1);
  if (first === "text" && (code === "short" || code === "missing")) return m.hub_fault_no_text();
  return sentences[first]?.() ?? `${names[first]?.() ?? field}: ${detail}`;
}

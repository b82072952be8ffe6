/** One thing that a command looked at. Only `bad` makes it fail. */
export interface Finding {
  readonly name: string;
  readonly state: "fine" | "note" | "bad";
  readonly text: string;
}

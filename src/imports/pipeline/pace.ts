/** Speed is told over this much of the past, so that it neither jumps nor lags. In milliseconds. */
const WINDOW = 5000;

/** How fast a reading goes. */
export interface Pace {
  /** Per second. */
  readonly messages: number;
  readonly bytes: number;
}

/** Tells the speed of the last seconds from marks of how far it is. */
export class Pacer {
  readonly #marks: { readonly at: number; readonly messages: number; readonly bytes: number }[] = [];

  /** Notes how far it is now (`at` in milliseconds); undefined until there is something to compare with. */
  mark(at: number, messages: number, bytes: number): Pace | undefined {
    const marks = this.#marks;
    marks.push({ at, messages, bytes });
    while (marks.length > 2 && at - (marks[0]?.at ?? at) > WINDOW) marks.shift();
    const [first] = marks;
    const seconds = (at - (first?.at ?? at)) / 1000;
    if (first === undefined || seconds <= 0) return undefined;
    return { messages: (messages - first.messages) / seconds, bytes: (bytes - first.bytes) / seconds };
  }
}

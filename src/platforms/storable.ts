import type { IncomingAuthor, IncomingSpace } from "./model.ts";

/** PostgreSQL stores every character but NUL, and no half of a surrogate pair. */
export function storable(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return whole.includes("\0") ? whole.replaceAll("\0", "\ufffd") : whole;
}

/** An author whose names PostgreSQL stores. */
export function storableAuthor(author: IncomingAuthor): IncomingAuthor {
  return {
    ...author,
    externalId: storable(author.externalId),
    ...(author.name === undefined ? {} : { name: storable(author.name) }),
    ...(author.username === undefined ? {} : { username: storable(author.username) }),
  };
}

/** A space whose name PostgreSQL stores. */
export function storableSpace(space: IncomingSpace): IncomingSpace {
  return { ...space, name: storable(space.name) };
}

/**
 * How much of a file is read and understood at once, about 1.5 ms of work. In between, the answers of PostgreSQL are taken:
 * with larger chunks it waits for its next statement most of the time (measured: 512 KiB made an import a fifth slower).
 */
export const CHUNK_BYTES = 64 * 1024;

/**
 * The longest single message (with everything around it) that is taken in. The longest that Telegram, Discord or VK let
 * anybody write is under 100 KB in an export with all its reactions; what is longer is put aside, never held in memory.
 */
export const ELEMENT_BYTES = 1024 * 1024;

/** The deepest nesting inside one message. Real exports stay under 8; `JSON.stringify` breaks at about 20,000. */
export const ELEMENT_DEPTH = 64;

/** The longest field kept of what surrounds the messages (a chat's name, its type, its id). */
export const HEADER_FIELD_BYTES = 4096;

/** How many fields are kept of what surrounds the messages. */
export const HEADER_FIELDS = 32;

/** How much of a broken element is kept for a person to look at. */
export const KEPT_RAW_BYTES = 4096;

/** The largest a packed file may become when unpacked: above it, it is refused rather than read for hours. */
export const UNPACKED_BYTES = 64 * 1024 ** 3;

/** Chat exports pack 5 to 30 times smaller; a bomb packs 1,000 times. */
export const UNPACKED_RATIO = 200;

/** The ratio says nothing yet about a file that is small even when unpacked. */
export const RATIO_FROM_BYTES = 16 * 1024 ** 2;

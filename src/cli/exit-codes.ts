/** What the command line ends with; scripts rely on these numbers. Documented in `./veche --help`. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  refused: 3,
  cancelled: 4,
  /** 128 + SIGINT, as shells count it. */
  interrupted: 130,
} as const;

/** One of the documented codes. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

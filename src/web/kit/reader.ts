import { createContext, useContext } from "react";
import type { Reader } from "./format.ts";

/** The language and time zone of whoever looks at the page. */
export const ReaderContext = createContext<Reader>({ locale: "en", timeZone: "UTC" });

/** The reader, for the functions of `format.ts`. */
export function useReader(): Reader {
  return useContext(ReaderContext);
}

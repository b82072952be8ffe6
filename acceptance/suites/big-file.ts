import type { Suite } from "../../bench/frame.ts";
import { hasGenerator, importBigFile } from "../big-import.ts";

const GIGABYTES = Number(process.env["ACCEPTANCE_GIGABYTES"] ?? 2);

/** Imports a file much larger than the memory it may take. */
export const suite: Suite = {
  measure: async (say) => {
    if (!hasGenerator())
      throw new Error("The generator of exports is not beside the project (../shared/tools); nothing to import.");
    return importBigFile(GIGABYTES * 1e9, { folder: process.env["ACCEPTANCE_EXPORT"], say });
  },
};

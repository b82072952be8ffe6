import { hubAdapter } from "#src/hub/adapter.ts";
import type { Adapter } from "#src/platforms/adapter.ts";

/** Every platform that Veche acts on. A line here needs a line in `contract.test.ts`, where each goes through the same trials. */
export const adapters: readonly Adapter[] = [hubAdapter];

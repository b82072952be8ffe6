// Builds the pages if something that ends up in them changed.
import { buildPages } from "./setup/pages.mjs";
import { explain } from "./setup/step.mjs";

try {
  buildPages();
} catch (error) {
  explain(error);
}

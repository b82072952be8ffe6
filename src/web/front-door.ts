import { redirect } from "react-router";

/** Until the members' hub exists, the front door opens into the console. */
export function loader(): Response {
  return redirect("/console");
}

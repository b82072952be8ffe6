import { type LoaderFunctionArgs, redirect } from "react-router";

/** The home of a community: its audit, which itself says what to do while there is no history. */
export function loader({ params }: LoaderFunctionArgs): Response {
  return redirect(`/console/${params["community"] ?? ""}/audit`);
}

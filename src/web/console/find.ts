import { data } from "react-router";

/** Members for the command palette; the members feature answers here once it has its list. */
export function loader() {
  return data({ members: [] });
}

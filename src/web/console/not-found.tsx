import { data } from "react-router";

/** Any address nobody answers to. */
export function loader(): never {
  throw data(null, { status: 404 });
}

export default function NotFound() {
  return null;
}

import { noSuchPage } from "../kit/leave.ts";

/** Any address of the console that nobody answers to. */
export function loader(): never {
  return noSuchPage();
}

export default function NotFound() {
  return null;
}

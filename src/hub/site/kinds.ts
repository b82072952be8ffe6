import type { ToldFault } from "#src/accounts/page-door.ts";
import type { HubFile } from "../store/files.ts";
import type { HubVisit } from "./visit.ts";

/** Who may open a page or send a form: see `visitorPermissions`. */
type Permission = "hub.public" | "hub.reader" | "hub.member";

/** What a request for a page brings. */
export interface Showing {
  readonly visit: HubVisit;
  readonly request: Request;
  /** What stands in the places of the address. */
  readonly fields: readonly string[];
}

/** A kind of page: where it lies below the hub, who may open it, and what it shows. */
export interface Shown {
  readonly path: RegExp;
  readonly permission: Permission;
  readonly show: (showing: Showing) => Promise<Response> | Response;
}

/** A file that was not taken in, and why. */
export interface LeftOutFile {
  readonly name: string;
  readonly fault: ToldFault;
}

/** A form that was sent. */
export interface Sending extends Showing {
  /** A field of the form as text; empty when it is missing. Browsers send line ends as CR LF. */
  readonly typed: (name: string) => string;
  /** Every value that was ticked under a name. */
  readonly ticked: (name: string) => readonly string[];
  /** Files of the form that were not taken in, each in words; the others stand in the text already. */
  readonly leftOut: readonly LeftOutFile[];
  readonly files: readonly HubFile[];
}

/** A kind of form: where it is sent to, who may send it, and what it does. */
export interface Sent {
  readonly path: RegExp;
  readonly permission: Permission;
  /** What its files are for, to be shown in a text or to be the sender's picture; a form without it takes none. */
  readonly files?: "text" | "face";
  readonly send: (sending: Sending) => Promise<Response>;
}

import { createContext } from "react-router";
import type { Api } from "#src/app-router.ts";
import type { Locale } from "#words/runtime";

/** Light, dark, or whatever the reader's device says. */
export type ThemeChoice = "light" | "dark" | "auto";

/** The signed-in person, as the frame shows them. */
export interface VisitUser {
  id: string;
  name: string;
  email: string;
  /** May create communities and is an owner in all of them. */
  isInstallOwner: boolean;
}

/**
 * What every page knows of the request it answers. The outer server makes one for each request and hands it over
 * as `visitContext`; a loader takes it by `context.get(visitContext)`.
 */
export interface Visit {
  /** The typed procedures, called in-process as this visitor. */
  api: PageApi;
  user: VisitUser | undefined;
  language: Locale;
  theme: ThemeChoice;
  /** IANA time zone in which this reader sees moments. */
  timeZone: string;
  /** Neither the reader nor their browser has said yet which zone that is. */
  zoneGuessed: boolean;
  /** The rail of the console folded to icons. */
  railFolded: boolean;
  /** Allows the scripts of this one answer (content security policy). */
  nonce: string;
  /** The number of this request in the log, shown when something breaks. */
  requestId: string;
}

/** The procedures pages may call, as typed functions. */
export type PageApi = Api;

/**
 * Where loaders find the visit: `context.get(visitContext)`. Without the outer server there is none but a stranger's, and
 * only while developing, so that `npx react-router dev` can show the parts of the interface at `/console/kit`.
 */
export const visitContext = import.meta.env.DEV ? createContext<Visit>(stranger()) : createContext<Visit>();

function stranger(): Visit {
  const nobody = { user: undefined, language: "en", theme: "auto", timeZone: "UTC" } as const;
  // The parts of the interface ask for nothing; whatever does needs the outer server.
  return {
    ...nobody,
    zoneGuessed: false,
    railFolded: false,
    nonce: "",
    requestId: "development",
    api: undefined as unknown as PageApi,
  };
}

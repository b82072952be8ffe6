import { isTheme, themeCookie } from "../people/theme.ts";
import { writeTheme } from "../store/accounts.ts";
import { onTo } from "./answer.ts";
import { wayOn } from "./doors.ts";
import type { Sent } from "./kinds.ts";

/** Choosing light or dark: kept in this browser, and for a member with their account. */
export const themeForms: readonly Sent[] = [
  {
    path: /^\/theme$/,
    permission: "hub.public",
    send: async ({ visit, typed }) => {
      const { call } = visit;
      const theme = typed("theme");
      if (isTheme(theme)) {
        call.answerHeaders.append("set-cookie", themeCookie(call, theme));
        const { visitor } = call;
        if (visitor.kind === "member" && call.viewingAs === undefined)
          await call.run((tx) => writeTheme(tx, call.community, { id: visitor.accountId, theme }));
      }
      return onTo(wayOn(visit, typed("to")));
    },
  },
];

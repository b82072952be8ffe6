import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/spotlight/styles.css";
import "../kit/base.css";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { useState } from "react";
import { Outlet, useRouteLoaderData } from "react-router";
import { cookieScheme } from "../kit/colour-scheme.ts";
import { useNonce } from "../kit/nonce.ts";
import { ReaderContext } from "../kit/reader.ts";
import { cssVariables, theme } from "../kit/theme.ts";
import type { RootData } from "../root.tsx";

/** What all console pages stand in: theme, notifications and the reader's language and clock. */
export default function Shell() {
  const root = useRouteLoaderData<RootData>("root");
  const nonce = useNonce();
  const [scheme] = useState(() => cookieScheme(root?.theme ?? "auto"));
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={scheme}
      defaultColorScheme={root?.theme ?? "auto"}
      getStyleNonce={() => nonce}
    >
      <ReaderContext value={{ locale: root?.language ?? "en", timeZone: root?.timeZone ?? "UTC" }}>
        <Notifications position="bottom-right" limit={4} />
        <Outlet />
      </ReaderContext>
    </MantineProvider>
  );
}

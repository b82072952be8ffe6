import type { ReactNode } from "react";
import {
  Links,
  type LinksFunction,
  type LoaderFunctionArgs,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useRouteLoaderData,
} from "react-router";
import cyrillic from "@fontsource-variable/inter/files/inter-cyrillic-wght-normal.woff2?url";
import latin from "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url";
import { m } from "#words";
import { visitContext } from "./context.ts";
import { Disaster } from "./disaster.tsx";
import { useNonce } from "./kit/nonce.ts";
import { cookieNames, tasteCookieEnd } from "./kit/taste.ts";

export type RootData = ReturnType<typeof loader>;

/** What the frame of every page needs; cheap, since it runs with each request. */
export function loader({ context }: LoaderFunctionArgs) {
  const { language, theme, timeZone, zoneGuessed, railFolded, requestId, user } = context.get(visitContext);
  return { language, theme, timeZone, zoneGuessed, railFolded, requestId, user };
}

/** Asked again with every request, so that the number on an error page is that of the request which broke. */
export function shouldRevalidate(): boolean {
  return true;
}

const font = { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "anonymous" } as const;

export const links: LinksFunction = () => [
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
  { ...font, href: latin },
  { ...font, href: cyrillic },
];

export const meta = () => [{ title: m.web_name() }];

// Decides between light and dark before anything is painted, when the reader leaves it to their device.
const pickTheme = `(function(d){if(d.dataset.theme==="auto")d.dataset.mantineColorScheme=matchMedia("(prefers-color-scheme: dark)").matches?"dark":"light"})(document.documentElement)`;

// Tells the server which clock the reader has. Where it had to guess and somebody is signed in, who would read times by
// it, the page is asked for once more before any of it is painted.
const tellZone = `(function(d){try{var z=Intl.DateTimeFormat().resolvedOptions().timeZone;document.cookie="${cookieNames.zone}="+encodeURIComponent(z)+"${tasteCookieEnd}";if("zoneGuessed" in d.dataset&&z!=="UTC"&&document.cookie.includes("${cookieNames.zone}=")){d.style.visibility="hidden";location.reload()}}catch(e){}})(document.documentElement)`;

/** The document around every page, also around the page that says something broke. */
export function Layout({ children }: { children: ReactNode }) {
  const root = useRouteLoaderData<typeof loader>("root");
  const theme = root?.theme ?? "auto";
  const nonce = useNonce();
  return (
    <html
      lang={root?.language ?? "en"}
      data-theme={theme}
      data-zone-guessed={root?.zoneGuessed === true && root.user !== undefined ? "" : undefined}
      data-mantine-color-scheme={theme === "auto" ? "light" : theme}
      suppressHydrationWarning
    >
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={theme === "auto" ? "light dark" : theme} />
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: pickTheme }} />
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: tellZone }} />
        <Meta />
        <Links nonce={nonce} />
      </head>
      <body>
        {children}
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function Root() {
  return <Outlet />;
}

/** The last resort, when even the frame of the console could not be drawn. */
export function ErrorBoundary({ error }: { error: unknown }) {
  return <Disaster error={error} />;
}

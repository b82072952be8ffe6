import { useState } from "react";
import {
  type LoaderFunctionArgs,
  Outlet,
  useLoaderData,
  useLocation,
  useNavigation,
  useRouteLoaderData,
} from "react-router";
import { m } from "#words";
import { allows } from "#src/accounts/model.ts";
import { visitContext } from "../context.ts";
import { leaveFor } from "../kit/leave.ts";
import { signInPath } from "../sign-in-path.ts";
import type { RootData } from "../root.tsx";
import { CommandPalette } from "./command-palette.tsx";
import { FrameContext, type FrameData } from "./frame-data.ts";
import classes from "./frame.module.css";
import { Notices } from "./notice.tsx";
import { PhoneBar } from "./phone-bar.tsx";
import { Rail } from "./rail.tsx";
import { sections } from "./sections.ts";
import { Shortcuts } from "./shortcuts.tsx";
import { TopBar } from "./top-bar.tsx";
import { tasteCookie } from "../kit/taste.ts";

/** Who is signed in and where they may go. Whoever is not is sent to sign in, and comes back. */
export async function loader({ context, request, params }: LoaderFunctionArgs): Promise<FrameData> {
  const { api, user } = context.get(visitContext);
  if (user === undefined) leaveFor(signInPath(request));
  const [{ items }, { hold, failed }] = await Promise.all([api.communities.list({}), api.hold.get({})]);
  const communities = items.map(({ slug, name, role, isSample }) => {
    const pages = sections.flatMap((section) => section.pages).filter((page) => allows(role, page.permission));
    return { slug, name, isSample, pages: pages.map((page) => page.path) };
  });
  const current = communities.find((community) => community.slug === params["community"])?.slug;
  return {
    communities,
    current,
    user: { name: user.name, email: user.email },
    mayCreate: user.isInstallOwner,
    hold,
    failed,
  };
}

/** The frame of the console: rail, top bar, page; on a phone a bar at the bottom. */
export default function Frame() {
  const frame = useLoaderData<typeof loader>();
  const root = useRouteLoaderData<RootData>("root");
  const [folded, setFolded] = useState(root?.railFolded ?? false);
  const { pathname } = useLocation();
  function fold(next: boolean): void {
    setFolded(next);
    document.cookie = tasteCookie("rail", next ? "folded" : "wide");
  }
  return (
    <FrameContext value={frame}>
      <a className={classes["skip"]} href="#page">
        {m.web_skip()}
      </a>
      <TravelLine />
      <div className={classes["frame"]} data-folded={folded || undefined}>
        <Rail folded={folded} onFold={fold} />
        <div className={classes["side"]}>
          <TopBar />
          <Notices />
          <main id="page" className={classes["page"]} tabIndex={-1} key={pathname.split("/")[2]}>
            <Outlet />
          </main>
        </div>
      </div>
      <PhoneBar />
      <CommandPalette />
      <Shortcuts onFold={() => fold(!folded)} />
    </FrameContext>
  );
}

/** A thin line at the top while the next page is on its way; the style sheet waits a blink before it shows. */
function TravelLine() {
  if (useNavigation().state === "idle") return null;
  return <div className={classes["travel"]} role="progressbar" aria-label={m.web_page_loading()} />;
}

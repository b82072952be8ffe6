import { Outlet, useLocation, useMatches, useNavigation } from "react-router";
import { SidePanel } from "#src/web/kit/side-panel.tsx";
import { TextSkeleton } from "#src/web/kit/skeletons.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { useAudit } from "./audit-context.ts";
import { behindTitle, type LoadedList } from "./behind-title.ts";
import { readEvidence } from "./evidence.ts";

/** The panel over the audit with what stands behind a number. It opens at once and fills when the list has come. */
export function EvidencePanel() {
  const { base, query } = useAudit();
  const reader = useReader();
  const here = useLocation();
  const going = useNavigation().location;
  const loaded = useMatches().at(-1)?.loaderData;
  const { pathname, search } = going ?? here;
  const evidence = readEvidence(new URLSearchParams(search).get("of") ?? "");
  const rest = query.toString();
  return (
    <SidePanel
      open={pathname === `${base}/behind`}
      title={evidence === undefined ? "" : behindTitle(evidence, isList(loaded) && !going ? loaded : undefined, reader)}
      closeTo={rest === "" ? base : `${base}?${rest}`}
    >
      {going === undefined ? <Outlet /> : <TextSkeleton lines={9} />}
    </SidePanel>
  );
}

/** The data of the last route on the page, when that is the panel's. */
function isList(data: unknown): data is LoadedList {
  return typeof data === "object" && data !== null && "list" in data && "page" in data;
}

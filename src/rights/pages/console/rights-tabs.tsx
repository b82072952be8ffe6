import { useLocation, useParams } from "react-router";
import { m } from "#words";
import { ViewTabs } from "#src/web/kit/view-tabs.tsx";

const tabs = [
  ["rights", m.rights_tab_requests],
  ["rights/consents", m.rights_tab_consents],
  ["rights/retention", m.rights_tab_retention],
  ["rights/erasures", m.rights_tab_erasures],
] as const;

/** The parts of data rights, as links. */
export function RightsTabs() {
  const { community } = useParams();
  const { pathname } = useLocation();
  const shown = tabs.map(([path, label]) => {
    const to = `/console/${community ?? ""}/${path}`;
    return { to, label: label(), current: pathname === to };
  });
  return <ViewTabs label={m.rights_tabs()} tabs={shown} />;
}

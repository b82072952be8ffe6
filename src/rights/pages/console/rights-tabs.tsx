import { useLocation, useParams } from "react-router";
import { m } from "#words";
import { ViewTabs } from "#src/web/kit/view-tabs.tsx";

const tabs = [["erasures", m.rights_tab_erasures]] as const;

/** The parts of data rights, as links. */
export function RightsTabs() {
  const { community } = useParams();
  const { pathname } = useLocation();
  const shown = tabs.map(([path, label]) => {
    const to = `/console/${community ?? ""}/rights/${path}`;
    return { to, label: label(), current: pathname === to };
  });
  return <ViewTabs label={m.rights_tabs()} tabs={shown} />;
}

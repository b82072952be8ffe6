import { useParams } from "react-router";
import { m } from "#words";
import { ViewTabs } from "#src/web/kit/view-tabs.tsx";

/** The two lists of a team: who is in it, and who is invited. */
export function TeamTabs({ current }: { current: "team" | "invitations" }) {
  const { community = "" } = useParams();
  const base = `/console/${community}/settings/team`;
  return (
    <ViewTabs
      label={m.accounts_page_team()}
      tabs={[
        { to: base, label: m.accounts_page_team_people(), current: current === "team" },
        { to: `${base}/invitations`, label: m.accounts_page_invitations(), current: current === "invitations" },
      ]}
    />
  );
}

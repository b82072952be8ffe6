import { m } from "#words";
import { ChartFrame } from "#src/web/kit/chart-frame.tsx";
import { SectionHeader } from "#src/web/kit/page-header.tsx";
import type { Reader } from "#src/web/kit/format.ts";
import { useReader } from "#src/web/kit/reader.ts";
import type { Audit } from "../../../model.ts";
import { evidenceHref, useAudit } from "./audit-context.ts";
import { AuditLink } from "./audit-link.tsx";
import { messagesOf } from "./evidence.ts";
import { FactList } from "./fact-list.tsx";
import { definitionOf } from "./figure-definition.ts";
import { shareText } from "./figure-text.ts";
import { Part, Unknown } from "./part.tsx";
import { newcomersTitle } from "./titles.ts";
import { Waiting, waitsTable } from "./waiting.tsx";

/** Below this many newcomers in a group a comparison of groups is an accident. */
const ENOUGH_TO_COMPARE = 20;

/** Do newcomers get an answer? How long first messages waited, and whether an answer brought people back. */
export function Newcomers() {
  const { audit } = useAudit();
  const { welcome } = audit;
  if (welcome === null || welcome.count === 0) return <UnknownWelcome />;
  return (
    <Part id="newcomers" aside={<FactList label={m.analytics_page_newcomers()} metrics={facts} />}>
      <WelcomeChart welcome={welcome} />
    </Part>
  );
}

const facts = ["new-members", "newcomers-answered", "newcomers-first-answer", "newcomers-returned"];

/** A history that names no answers says so, instead of drawing a bar of silence. */
function UnknownWelcome() {
  const { audit } = useAudit();
  const reader = useReader();
  return (
    <Part id="newcomers">
      <section aria-label={m.analytics_page_newcomers()}>
        <SectionHeader topic={m.analytics_page_newcomers()} title={newcomersTitle(audit, reader)} />
        <Unknown>{m.analytics_page_replies_unknown_note()}</Unknown>
      </section>
    </Part>
  );
}

type Welcome = NonNullable<Audit["welcome"]>;

function WelcomeChart({ welcome }: { welcome: Welcome }) {
  const view = useAudit();
  const reader = useReader();
  const definition = definitionOf(view, "newcomers-answered");
  const unheard = messagesOf({ kind: "unanswered-newcomers" });
  return (
    <ChartFrame
      topic={m.analytics_page_newcomers()}
      title={newcomersTitle(view.audit, reader)}
      {...(definition === undefined ? {} : { definition })}
      fileName="newcomers"
      picture={false}
      table={waitsTable(welcome, [m.analytics_page_newcomers(), m.analytics_page_space_members()])}
      note={
        welcome.never > 0 ? (
          <AuditLink className="v-no-print" to={evidenceHref(view, unheard)} isWay>
            {m.analytics_page_see_unheard({ count: welcome.never })}
          </AuditLink>
        ) : undefined
      }
    >
      <Waiting label={m.analytics_page_first_messages()} waits={welcome} reader={reader} />
      <WhetherItHelps welcome={welcome} reader={reader} />
    </ChartFrame>
  );
}

function WhetherItHelps({ welcome, reader }: { welcome: Welcome; reader: Reader }) {
  const { answered, unanswered } = welcome;
  if (Math.min(answered.eligible, unanswered.eligible) < ENOUGH_TO_COMPARE) return null;
  return (
    <p style={{ margin: "16px 0 0", maxWidth: "60ch" }}>
      {m.analytics_page_returned_split({
        answered: shareText(answered.returned / answered.eligible, reader),
        others: shareText(unanswered.returned / unanswered.eligible, reader),
      })}
    </p>
  );
}

import { Link } from "react-router";
import { m } from "#words";
import { ChartFrame } from "#src/web/kit/chart-frame.tsx";
import type { Reader } from "#src/web/kit/format.ts";
import { useReader } from "#src/web/kit/reader.ts";
import type { Audit } from "../../../model.ts";
import { evidenceHref, useAudit } from "./audit-context.ts";
import { messagesOf } from "./evidence.ts";
import { FactList } from "./fact-list.tsx";
import { definitionOf } from "./figure-definition.ts";
import { shareText } from "./figure-text.ts";
import { Part, Unknown } from "./part.tsx";
import { figureOf, newcomersTitle } from "./titles.ts";
import { Waiting, waitsTable } from "./waiting.tsx";

/** Below this many newcomers in a group a comparison of groups is an accident. */
const ENOUGH_TO_COMPARE = 20;

/** Do newcomers get an answer? How long first messages waited, and whether an answer brought people back. */
export function Newcomers() {
  const view = useAudit();
  const reader = useReader();
  const { welcome } = view.audit;
  const definition = definitionOf(view, "newcomers-answered");
  const title = newcomersTitle(view.audit, reader);
  const unheard = messagesOf({ kind: "unanswered-newcomers" });
  const known = welcome !== null && welcome.count > 0;
  return (
    <Part
      id="newcomers"
      aside={
        known ? (
          <FactList
            label={m.analytics_page_newcomers()}
            metrics={["new-members", "newcomers-answered", "newcomers-first-answer", "newcomers-returned"]}
          />
        ) : undefined
      }
    >
      <ChartFrame
        topic={m.analytics_page_newcomers()}
        title={title}
        {...(definition === undefined ? {} : { definition })}
        fileName="newcomers"
        picture={false}
        table={waitsTable(welcome ?? { withinHour: 0, withinDay: 0, later: 0, never: 0 }, [
          m.analytics_page_newcomers(),
          m.analytics_page_space_members(),
        ])}
        note={
          known && welcome.never > 0 ? (
            <Link className="v-no-print" to={evidenceHref(view, unheard)} preventScrollReset>
              {m.analytics_page_see_unheard({ count: welcome.never })}
            </Link>
          ) : undefined
        }
      >
        {known ? (
          <>
            <Waiting label={m.analytics_page_first_messages()} waits={welcome} reader={reader} />
            <WhetherItHelps welcome={welcome} reader={reader} />
          </>
        ) : (
          <Unknown>{unknownText(figureOf(view.audit, "newcomers-answered")?.silence)}</Unknown>
        )}
      </ChartFrame>
    </Part>
  );
}

/** Why a part about answers stays empty. */
export function unknownText(silence: string | undefined): string {
  return silence === "no-replies" ? m.analytics_page_replies_unknown_note() : m.analytics_page_panel_empty();
}

function WhetherItHelps({ welcome, reader }: { welcome: NonNullable<Audit["welcome"]>; reader: Reader }) {
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

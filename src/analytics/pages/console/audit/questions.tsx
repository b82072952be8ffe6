import { Link } from "react-router";
import { m } from "#words";
import { ChartFrame } from "#src/web/kit/chart-frame.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { evidenceHref, useAudit } from "./audit-context.ts";
import { messagesOf } from "./evidence.ts";
import { FactList } from "./fact-list.tsx";
import { definitionOf } from "./figure-definition.ts";
import { Part, Unknown } from "./part.tsx";
import { questionsTitle } from "./titles.ts";
import { Waiting, waitsTable } from "./waiting.tsx";

const nobody = { withinHour: 0, withinDay: 0, later: 0, never: 0 };

/** Are questions answered? How long questions waited for the first answer of somebody else. */
export function Questions() {
  const view = useAudit();
  const reader = useReader();
  const { answers } = view.audit;
  const definition = definitionOf(view, "questions-answered");
  const known = answers !== null && answers.asked > 0;
  return (
    <Part
      id="questions"
      aside={
        known ? (
          <FactList
            label={m.analytics_page_questions()}
            metrics={["questions", "questions-answered", "response-median", "response-p90", "reply-share"]}
          />
        ) : undefined
      }
    >
      <ChartFrame
        topic={m.analytics_page_questions()}
        title={questionsTitle(view.audit, reader)}
        {...(definition === undefined ? {} : { definition })}
        fileName="questions"
        picture={false}
        table={waitsTable(answers ?? nobody, [m.analytics_page_questions(), m.analytics_page_space_questions()])}
        note={
          known && answers.never > 0 ? (
            <Link
              className="v-no-print"
              to={evidenceHref(view, messagesOf({ kind: "unanswered-questions" }))}
              preventScrollReset
            >
              {m.analytics_page_see_unanswered({ count: answers.never })}
            </Link>
          ) : undefined
        }
      >
        {known ? (
          <Waiting label={m.analytics_page_questions_by_answer()} waits={answers} reader={reader} />
        ) : (
          <Unknown>
            <Link to={evidenceHref(view, messagesOf({ kind: "questions" }))} preventScrollReset>
              {m.analytics_page_see_questions()}
            </Link>
          </Unknown>
        )}
      </ChartFrame>
    </Part>
  );
}

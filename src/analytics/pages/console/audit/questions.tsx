import { m } from "#words";
import { ChartFrame } from "#src/web/kit/chart-frame.tsx";
import { SectionHeader } from "#src/web/kit/page-header.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import type { Audit } from "../../../model.ts";
import { evidenceHref, useAudit } from "./audit-context.ts";
import { AuditLink } from "./audit-link.tsx";
import { messagesOf } from "./evidence.ts";
import { FactList } from "./fact-list.tsx";
import { definitionOf } from "./figure-definition.ts";
import { Part, Unknown } from "./part.tsx";
import { questionsTitle } from "./titles.ts";
import { Waiting, waitsTable } from "./waiting.tsx";

const facts = ["questions", "questions-answered", "response-median", "response-p90", "reply-share"];

/** Are questions answered? How long questions waited for the first answer of somebody else. */
export function Questions() {
  const { audit } = useAudit();
  const { answers } = audit;
  if (answers === null || answers.asked === 0) return <UnknownAnswers />;
  return (
    <Part id="questions" aside={<FactList label={m.analytics_page_questions()} metrics={facts} />}>
      <AnswersChart answers={answers} />
    </Part>
  );
}

/** Where answers are unknown the questions themselves are still worth reading. */
function UnknownAnswers() {
  const view = useAudit();
  const reader = useReader();
  return (
    <Part id="questions">
      <section aria-label={m.analytics_page_questions()}>
        <SectionHeader topic={m.analytics_page_questions()} title={questionsTitle(view.audit, reader)} />
        <Unknown>
          <AuditLink className="v-no-print" to={evidenceHref(view, messagesOf({ kind: "questions" }))} isWay>
            {m.analytics_page_see_questions()}
          </AuditLink>
        </Unknown>
      </section>
    </Part>
  );
}

function AnswersChart({ answers }: { answers: NonNullable<Audit["answers"]> }) {
  const view = useAudit();
  const reader = useReader();
  const definition = definitionOf(view, "questions-answered");
  return (
    <ChartFrame
      topic={m.analytics_page_questions()}
      title={questionsTitle(view.audit, reader)}
      {...(definition === undefined ? {} : { definition })}
      fileName="questions"
      picture={false}
      table={waitsTable(answers, [m.analytics_page_questions(), m.analytics_page_space_questions()])}
      note={
        answers.never > 0 ? (
          <AuditLink className="v-no-print" to={evidenceHref(view, messagesOf({ kind: "unanswered-questions" }))} isWay>
            {m.analytics_page_see_unanswered({ count: answers.never })}
          </AuditLink>
        ) : undefined
      }
    >
      <Waiting label={m.analytics_page_questions_by_answer()} waits={answers} reader={reader} />
    </ChartFrame>
  );
}

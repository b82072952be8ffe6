import { Link, useParams } from "react-router";
import { m } from "#words";
import { dateToDay } from "#src/base/clock.ts";
import { formatDate, formatDay } from "#src/web/kit/format.ts";
import { useReader } from "#src/web/kit/reader.ts";
import type { Member } from "../../model.ts";
import { levelOf } from "../../standing/model.ts";
import classes from "./member-standing.module.css";
import { levelReason, stageReason, stageWords, stepWord } from "./standing-words.ts";

const RUNGS = Array.from({ length: 12 }, (_, place) => place + 1);

/** Where somebody stands, and what it is concluded from; nothing for the team and bots. */
export function MemberStanding({ member }: { member: Member }) {
  const { community } = useParams();
  const reader = useReader();
  const { step, stage, standing } = member;
  if (step === null || stage === null || standing === null) return null;
  const day = (date: string): string => formatDay(dateToDay(date) ?? 0, reader);
  const list = `/console/${community ?? ""}/members`;
  return (
    <>
      <dl className={classes["standing"]}>
        <div>
          <dt>{m.members_level()}</dt>
          <dd>
            <Link to={`${list}?level=${levelOf(step).level}`} className={classes["word"]}>
              {stepWord(step)}
            </Link>
            <div className={classes["ladder"]} role="img" aria-label={m.members_step_of({ step })}>
              {RUNGS.map((rung) => (
                <span key={rung} className={classes["rung"]} data-on={rung <= step || undefined} />
              ))}
            </div>
            <p className={classes["why"]}>{levelReason(step, standing)}</p>
          </dd>
        </div>
        <div>
          <dt>{m.members_stage()}</dt>
          <dd>
            <Link to={`${list}?stage=${stage}`} className={classes["word"]}>
              {stageWords[stage]()}
            </Link>
            <p className={classes["why"]}>
              {stageReason(stage, standing, formatDate(Date.parse(member.firstSeenAt), reader))}
            </p>
          </dd>
        </div>
      </dl>
      <p className={classes["asof"]}>
        {m.members_standing_as_of({ day: day(standing.asOf), from: day(standing.from) })}
      </p>
    </>
  );
}

import { Anchor } from "@mantine/core";
import { Form, Link } from "react-router";
import { m } from "#words";
import { currentOf, useFrame } from "./frame-data.ts";
import classes from "./notice.module.css";

/** What must be known on every page: this community is made up; this install is held after a restore; its work fails. */
export function Notices() {
  const frame = useFrame();
  const { hold, failed } = frame;
  return (
    <>
      {hold !== null && <HoldNotice undecided={hold.undecided} mayDecide={frame.mayCreate} />}
      {failed > 0 && <FailedNotice count={failed} />}
      {currentOf(frame)?.isSample === true && <SampleNotice mayRemove={frame.mayCreate} />}
    </>
  );
}

function SampleNotice({ mayRemove }: { mayRemove: boolean }) {
  return (
    <aside className={classes["notice"]} data-tone="sample" data-sample aria-label={m.web_sample()}>
      <p>
        <b>{m.web_sample()}.</b> {m.web_sample_text()}
      </p>
      {mayRemove && (
        <div className={classes["ways"]}>
          <Anchor component={Link} to="/console/communities/new" size="sm">
            {m.web_sample_own()}
          </Anchor>
          <Form method="post" action="/console/sample">
            <Anchor component="button" type="submit" name="deed" value="remove" size="sm">
              {m.web_sample_remove()}
            </Anchor>
          </Form>
        </div>
      )}
    </aside>
  );
}

function HoldNotice({ undecided, mayDecide }: { undecided: number; mayDecide: boolean }) {
  return (
    <aside className={classes["notice"]} aria-label={m.web_held()}>
      <p>
        <b>{m.web_held()}.</b> {m.web_held_text()}
      </p>
      {mayDecide && (
        <div className={classes["ways"]}>
          <Anchor component={Link} to="/console/held" size="sm">
            {undecided === 0 ? m.web_held_end() : m.web_held_decide({ count: undecided })}
          </Anchor>
        </div>
      )}
    </aside>
  );
}

function FailedNotice({ count }: { count: number }) {
  return (
    <aside className={classes["notice"]} aria-label={m.hold_failed_notice()}>
      <p>
        <b>{m.hold_failed_notice()}.</b> {m.hold_failed_notice_text({ count })}
      </p>
      <div className={classes["ways"]}>
        <Anchor component={Link} to="/console/failed" size="sm">
          {m.hold_failed_look()}
        </Anchor>
      </div>
    </aside>
  );
}

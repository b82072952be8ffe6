import { Button } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { Link, useParams } from "react-router";
import { m } from "#words";
import { SidePanel } from "#src/web/kit/side-panel.tsx";
import { Tag } from "#src/web/kit/tag.tsx";
import type { Member } from "../../model.ts";
import { HeatStrip } from "./heat-strip.tsx";
import { Accounts, MemberFacts, MemberSpaces, Ties } from "./member-card.tsx";
import { MemberMarks } from "./member-marks.tsx";
import { MarkTags, shownName } from "./member-name.tsx";
import classes from "./member-panel.module.css";
import { stageTone, stageWords, stepWord } from "./standing-words.ts";

/** A member beside the list: enough to know who it is, and the way to everything else. */
export function MemberPanel(props: { member: Member | undefined; mayMark: boolean; closeTo: string }) {
  const { member, mayMark, closeTo } = props;
  return (
    <SidePanel
      title={member === undefined ? "" : <bdi>{shownName(member.name)}</bdi>}
      open={member !== undefined}
      closeTo={closeTo}
    >
      {member !== undefined && <PanelBody member={member} mayMark={mayMark} />}
    </SidePanel>
  );
}

function PanelBody({ member, mayMark }: { member: Member; mayMark: boolean }) {
  const { community } = useParams();
  return (
    <div className={classes["body"]}>
      <div className={classes["tags"]}>
        <MarkTags isStaff={member.isStaff} isBot={member.isBot} />
        {member.stage !== null && <Tag tone={stageTone(member.stage)}>{stageWords[member.stage]()}</Tag>}
        {member.step !== null && <Tag>{stepWord(member.step)}</Tag>}
        {member.tags.map((tag) => (
          <Tag key={tag.id}>{tag.name}</Tag>
        ))}
      </div>
      <Accounts accounts={member.accounts} />
      <Button
        component={Link}
        to={`/console/${community}/members/${member.id}`}
        rightSection={<IconArrowRight size={16} stroke={1.8} aria-hidden />}
      >
        {m.members_open()}
      </Button>
      <MemberFacts member={member} />
      <HeatStrip year={member.year} name={shownName(member.name)} />
      {member.spaces.length > 1 && (
        <section>
          <h3>{m.members_spaces()}</h3>
          <MemberSpaces member={member} />
        </section>
      )}
      {member.answersTo.length > 0 && (
        <section>
          <h3>{m.members_answers_to()}</h3>
          <Ties label={m.members_answers_to()} ties={member.answersTo.slice(0, 3)} none="" />
        </section>
      )}
      {mayMark && <MemberMarks member={member} />}
    </div>
  );
}

import { Link, type LoaderFunctionArgs, useLoaderData, useParams } from "react-router";
import { m } from "#words";
import { allows } from "#src/accounts/model.ts";
import { visitContext } from "#src/web/context.ts";
import { Initial } from "#src/web/kit/initial.tsx";
import { PageHeader, SectionHeader } from "#src/web/kit/page-header.tsx";
import { Columns, Part } from "#src/web/kit/part.tsx";
import type { Member } from "../../model.ts";
import type { Note } from "../../notes/model.ts";
import { HeatStrip } from "./heat-strip.tsx";
import { Accounts, MemberFacts, MemberSpaces, Moves, moveWords, Ties } from "./member-card.tsx";
import { MemberMarks } from "./member-marks.tsx";
import { MemberMerges } from "./member-merges.tsx";
import { MarkTags, shownName } from "./member-name.tsx";
import { MemberNotes } from "./member-notes.tsx";
import { MemberStanding } from "./member-standing.tsx";
import { MemberTags } from "./member-tags.tsx";
import { Timeline } from "./timeline.tsx";
import type { TimelineMark } from "./timeline-marks.ts";
import classes from "./member.module.css";

export const meta = ({ loaderData }: { loaderData?: Awaited<ReturnType<typeof loader>> }) => [
  { title: `${loaderData === undefined ? m.members_title() : shownName(loaderData.member.name)} · ${m.web_name()}` },
];

const PAGE_SIZE = 20;
/** Nobody has more accounts that were merged one after another. */
const MERGES_SHOWN = 50;
/** More notes than anybody reads before a talk. */
const NOTES_SHOWN = 50;
/** From this share of their messages on, somebody mostly answers others. */
const MOSTLY = 0.6;

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { api } = context.get(visitContext);
  const community = params["community"] ?? "";
  const member = params["member"] ?? "";
  const before = new URL(request.url).searchParams.get("before");
  const [found, timeline, about, merges, tags, notes] = await Promise.all([
    api.members.get({ community, member }),
    api.members.timeline({ community, member, limit: PAGE_SIZE, ...(before !== null && { after: before }) }),
    api.communities.get({ community }),
    api.members.listMerges({ community, member, limit: MERGES_SHOWN }),
    api.members.tags({ community }),
    api.members.notes({ community, member, limit: NOTES_SHOWN }),
  ]);
  return {
    member: found,
    timeline,
    merges: merges.items,
    tags: tags.items.map((tag) => tag.name),
    notes,
    mayMark: allows(about.role, "members.change"),
    mayRights: allows(about.role, "rights.read"),
  };
}

/** One person like a visiting card: who they are, when and where they write, whom they talk with, and what they said. */
export default function MemberPage() {
  const { member, timeline, merges, tags, notes, mayMark, mayRights } = useLoaderData<typeof loader>();
  const { community } = useParams();
  const name = shownName(member.name);
  return (
    <>
      <PageHeader
        title={
          <span className={classes["who"]}>
            <Initial name={member.name} size={44} />
            <bdi>{name}</bdi>
            <MarkTags isStaff={member.isStaff} isBot={member.isBot} />
          </span>
        }
        lead={leadOf(member)}
        action={mayMark && <MemberMarks member={member} />}
      />
      <Part>
        <div className={classes["card"]}>
          <Accounts accounts={member.accounts} />
          <MemberFacts member={member} />
        </div>
      </Part>
      {member.standing !== null && (
        <Part>
          <SectionHeader title={m.members_standing()} />
          <MemberStanding member={member} />
        </Part>
      )}
      {member.messages > 0 && <Year member={member} />}
      {(mayMark || member.tags.length > 0) && (
        <Part narrow>
          <MemberTags member={member} known={tags} mayChange={mayMark} />
        </Part>
      )}
      <Part narrow>
        <SectionHeader title={m.members_notes()} />
        <MemberNotes memberId={member.id} notes={notes.items} more={notes.next !== null} mayChange={mayMark} />
      </Part>
      {member.messages > 0 && <Company member={member} />}
      <MemberMerges member={member} merges={merges} mayChange={mayMark} />
      {member.moves.length > 0 && (
        <Part narrow>
          <SectionHeader title={m.members_moves()} />
          <Moves moves={member.moves} />
        </Part>
      )}
      <Part>
        <SectionHeader title={m.members_timeline()} />
        <Timeline key={member.id} first={timeline} marks={marksOf(member, notes.items)} />
      </Part>
      {mayRights && (
        <Part>
          <Link to={`/console/${community ?? ""}/rights/person/${member.id}`}>{m.rights_of_this_person()}</Link>
        </Part>
      )}
    </>
  );
}

/** What besides messages stands in somebody's timeline. */
function marksOf({ moves }: Member, notes: readonly Note[]): TimelineMark[] {
  const came = moves.map(({ kind, at, space }) => ({
    key: `${kind} ${at} ${space.id}`,
    at,
    text: moveWords[kind]({ space: space.name }),
  }));
  const noted = notes.map(({ id, writtenAt, writtenBy }) => ({
    key: id,
    at: writtenAt,
    text: m.members_timeline_note({ name: writtenBy.name }),
  }));
  return [...came, ...noted];
}

/** When they write. */
function Year({ member }: { member: Member }) {
  return (
    <Part>
      <SectionHeader topic={m.members_year_topic()} title={m.members_year_title({ count: member.year.days.length })} />
      <HeatStrip year={member.year} name={shownName(member.name)} titled />
    </Part>
  );
}

/** With whom they talk, and where. */
function Company({ member }: { member: Member }) {
  return (
    <Columns>
      <Part>
        <SectionHeader title={m.members_answers_to()} />
        <Ties label={m.members_answers_to()} ties={member.answersTo} none={m.members_answers_nobody()} />
      </Part>
      <Part>
        <SectionHeader title={m.members_answered_by()} />
        <Ties label={m.members_answered_by()} ties={member.answeredBy} none={m.members_answered_by_nobody()} />
      </Part>
      <Part>
        <SectionHeader title={m.members_spaces()} />
        <MemberSpaces member={member} />
      </Part>
    </Columns>
  );
}

/** What a member mostly does, in one sentence. */
function leadOf({ messages, replies, spaceCount, spaces: [home] }: Member): string {
  if (messages === 0 || home === undefined) return m.members_lead_silent();
  if (replies / messages >= MOSTLY) return m.members_lead_answerer({ space: home.name });
  if (spaceCount === 1) return m.members_lead_at_home({ space: home.name });
  return m.members_lead_writer({ count: spaceCount, space: home.name });
}

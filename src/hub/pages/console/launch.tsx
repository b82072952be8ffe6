import { Anchor, Button, Group, Text } from "@mantine/core";
import { IconCircle, IconCircleCheckFilled } from "@tabler/icons-react";
import { type ActionFunctionArgs, Link, type LoaderFunctionArgs, useLoaderData, useParams } from "react-router";
import { m } from "#words";
import { allows } from "#src/accounts/model.ts";
import { visitContext } from "#src/web/context.ts";
import { formText } from "#src/web/kit/form-text.ts";
import { formatDateShort, type Reader } from "#src/web/kit/format.ts";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { attempt } from "#src/web/kit/refusal.ts";
import { showUndo } from "#src/web/kit/toast.tsx";
import { byHandSteps, FOUNDERS, type Launch, TALK_DAYS } from "../../launch/model.ts";
import { hubPath } from "../../model.ts";
import classes from "./launch.module.css";
import { stepWords } from "./launch-words.ts";
import { type Perform, usePerform } from "./perform.ts";

export const meta = () => [{ title: `${m.hub_launch_title()} · ${m.web_name()}` }];

export async function loader({ context, params }: LoaderFunctionArgs) {
  const { hub, communities } = context.get(visitContext).api;
  const community = params["community"] ?? "";
  const [launch, { role }] = await Promise.all([hub.launch.get({ community }), communities.get({ community })]);
  return { launch, mayTick: allows(role, "hub.manage") };
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { launch } = context.get(visitContext).api.hub;
  const form = await request.formData();
  const community = params["community"] ?? "";
  const isOn = formText(form, "on") === "yes";
  const step = byHandSteps.find((each) => each === formText(form, "step"));
  return attempt(() =>
    step === undefined
      ? launch.putAway({ community, isPutAway: isOn })
      : launch.tick({ community, step, isDone: isOn }),
  );
}

type StepState = Launch["steps"][number];

/** The way from an empty community to an open one: what is done, what comes next and why. */
export default function LaunchPage() {
  const { launch, mayTick } = useLoaderData<typeof loader>();
  const { perform } = usePerform((fields, next) => {
    if (fields["step"] === "" && fields["on"] === "yes")
      showUndo(m.hub_launch_away_done(), () => next({ step: "", on: "no" }));
  });
  const done = launch.steps.filter(({ isDone }) => isDone).length;
  const all = launch.steps.length;
  const away = (
    <Button variant="default" onClick={() => perform({ step: "", on: launch.isPutAway ? "no" : "yes" })}>
      {launch.isPutAway ? m.hub_launch_back() : m.hub_launch_away()}
    </Button>
  );
  const next = launch.steps.find(({ isDone }) => !isDone)?.step;
  return (
    <>
      <PageHeader
        title={m.hub_launch_title()}
        lead={done === all ? m.hub_launch_all_done() : m.hub_launch_lead({ done, all })}
        action={mayTick ? away : undefined}
      />
      <Part narrow>
        <ol className={classes["steps"]}>
          {launch.steps.map((state) => (
            <StepLine
              key={state.step}
              state={state}
              isNext={state.step === next}
              perform={mayTick ? perform : undefined}
            />
          ))}
        </ol>
      </Part>
    </>
  );
}

/** When a step was done and how that is known; of an open one how far it is and by when. */
function standingOf({ isDone, at, by, count, dueAt, step }: StepState, reader: Reader): string {
  const day = (instant: string): string => formatDateShort(Date.parse(instant), reader);
  if (isDone && by !== null) return m.hub_launch_by_hand({ name: by, day: at === null ? "" : day(at) });
  if (isDone) return at === null ? m.hub_launch_by_fact() : m.hub_launch_by_fact_on({ day: day(at) });
  const far = {
    founders: m.hub_launch_people({ count: count ?? 0, all: FOUNDERS }),
    talk: m.hub_launch_days({ count: count ?? 0, all: TALK_DAYS }),
  };
  if (step === "founders" || step === "talk") return far[step];
  const due = dueAt === null ? "" : m.hub_launch_due({ day: day(dueAt) });
  return byHandSteps.includes(step) ? [m.hub_launch_no_fact(), due].filter((part) => part !== "").join(" ") : due;
}

interface StepLineProps {
  readonly state: StepState;
  readonly isNext: boolean;
  /** Undefined for those who may not tick. */
  readonly perform: Perform | undefined;
}

function StepLine({ state, isNext, perform }: StepLineProps) {
  const reader = useReader();
  const { step, isDone, by } = state;
  const { name, why, next, path } = stepWords[step];
  const Icon = isDone ? IconCircleCheckFilled : IconCircle;
  const standing = standingOf(state, reader);
  const isByHand = byHandSteps.includes(step) && perform !== undefined && (!isDone || by !== null);
  return (
    <li className={classes["step"]} data-done={isDone || undefined}>
      <Icon size={22} stroke={1.6} role="img" aria-label={isDone ? m.hub_launch_done() : m.hub_launch_open()} />
      <div>
        <b>{name()}</b>
        {(isNext || !isDone) && <Text size="sm">{why()}</Text>}
        {standing !== "" && (
          <Text size="sm" c="dimmed">
            {standing}
          </Text>
        )}
        <Group gap="md" mt={4}>
          {!isDone && <StepLink path={path} label={next()} />}
          {isByHand && (
            <Button
              variant="default"
              size="compact-sm"
              onClick={() => perform({ step, on: isDone ? "no" : "yes" })}
              aria-label={isDone ? m.hub_launch_untick_one({ name: name() }) : m.hub_launch_tick_one({ name: name() })}
            >
              {isDone ? m.hub_launch_untick() : m.hub_launch_tick()}
            </Button>
          )}
        </Group>
      </div>
    </li>
  );
}

/** Where the step is done: in the console, or in the hub itself when the path begins there. */
function StepLink({ path, label }: { path: string; label: string }) {
  const { community = "" } = useParams();
  if (path.startsWith("/")) return <Anchor href={`${hubPath(community)}${path}`}>{label}</Anchor>;
  return (
    <Anchor component={Link} to={`/console/${community}/${path}`}>
      {label}
    </Anchor>
  );
}

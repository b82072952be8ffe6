import { Alert, Anchor } from "@mantine/core";
import { Link } from "react-router";
import { m } from "#words";

/** How far the launch of a community is. */
export interface LaunchAhead {
  readonly done: number;
  readonly all: number;
}

/**
 * How far the launch is, while it is worth a line above the figures: until it is done or put away, in a community that has
 * a hub or nothing at all. One that only brought its history launches nothing.
 */
export function launchAhead(
  launch: { isPutAway: boolean; openedAt: string | null; steps: readonly { isDone: boolean }[] },
  isEmpty: boolean,
): LaunchAhead | undefined {
  const [all, done] = [launch.steps.length, launch.steps.filter(({ isDone }) => isDone).length];
  const isWanted = launch.openedAt !== null || isEmpty;
  return launch.isPutAway || !isWanted || done === all ? undefined : { all, done };
}

/** Says how far the launch is, with the way to its steps. */
export function LaunchStrip({ launch, base }: { launch: LaunchAhead; base: string }) {
  return (
    <Alert className="v-no-print" mb="md">
      {m.hub_launch_strip({ done: launch.done, all: launch.all })}{" "}
      <Anchor component={Link} underline="always" to={base.replace(/audit$/, "launch")}>
        {m.hub_launch_strip_next()}
      </Anchor>
    </Alert>
  );
}

import { Skeleton } from "@mantine/core";
import { m } from "#words";
import classes from "./skeletons.module.css";

function Waiting({ children }: { children: React.ReactNode }) {
  return (
    <div role="status" aria-live="polite">
      <span className="v-hidden">{m.web_loading()}</span>
      <div aria-hidden>{children}</div>
    </div>
  );
}

/** A list while it loads: rows of the height they will have. */
export function TableSkeleton({ rows = 8, columns = 4 }: { rows?: number; columns?: number }) {
  return (
    <Waiting>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={classes["row"]}>
          {Array.from({ length: columns }, (_unused, column) => (
            <Skeleton
              key={column}
              height={12}
              radius="sm"
              width={column === 0 ? "70%" : `${40 + ((row + column) % 3) * 12}%`}
            />
          ))}
        </div>
      ))}
    </Waiting>
  );
}

/** A row of figures while they load. */
export function TilesSkeleton({ tiles = 6 }: { tiles?: number }) {
  return (
    <Waiting>
      <div className={classes["tiles"]}>
        {Array.from({ length: tiles }, (_, tile) => (
          <div key={tile} className={classes["tile"]}>
            <Skeleton height={10} width="60%" radius="sm" />
            <Skeleton height={24} width="45%" radius="sm" mt={12} />
            <Skeleton height={10} width="30%" radius="sm" mt={12} />
          </div>
        ))}
      </div>
    </Waiting>
  );
}

/** A chart with its title while it loads. */
export function ChartSkeleton({ height = 200 }: { height?: number }) {
  return (
    <Waiting>
      <Skeleton height={10} width={96} radius="sm" />
      <Skeleton height={20} width="60%" radius="sm" mt={12} />
      <Skeleton height={height} radius="md" mt={16} />
    </Waiting>
  );
}

/** A few lines of text while they load. */
export function TextSkeleton({ lines = 3 }: { lines?: number }) {
  return (
    <Waiting>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton
          key={line}
          height={14}
          radius="sm"
          mt={line === 0 ? 0 : 10}
          width={line === lines - 1 ? "60%" : "100%"}
          maw="60ch"
        />
      ))}
    </Waiting>
  );
}

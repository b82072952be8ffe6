import { useMemo } from "react";
import { Link } from "react-router";
import { type Edge, layoutNetwork, type Node, type Place } from "./network-layout.ts";
import classes from "./network-graph.module.css";
import { useWidth } from "./use-width.ts";

const FIRST_WIDTH = 560;
const NAMED = 24;
/** A letter of a name as it is drawn, about, in pixels. */
const LETTER_WIDTH = 6.8;
const LETTER_HEIGHT = 14;

/** Who talks to whom among the people who carry a community: dots sized by messages, lines by replies. For up to about sixty people. */
export function NetworkGraph(props: {
  label: string;
  nodes: readonly Node[];
  edges: readonly Edge[];
  height?: number;
}) {
  const { nodes, edges, height = 360 } = props;
  const [box, width] = useWidth<HTMLDivElement>(FIRST_WIDTH);
  const places = useMemo(() => layoutNetwork(nodes, edges, { width, height }), [nodes, edges, width, height]);
  const heaviest = Math.max(1, ...edges.map((edge) => edge.weight));
  const largest = Math.max(1, ...nodes.map((node) => node.weight));
  const radiusOf = (node: Node) => 4 + 10 * Math.sqrt(node.weight / largest);
  const named = namesWithRoom(nodes, places, radiusOf);
  return (
    <div ref={box}>
      <svg
        data-chart
        viewBox={`0 0 ${width} ${height}`}
        className={classes["graph"]}
        role="group"
        aria-label={props.label}
      >
        {edges.map((edge) => {
          const [a, b] = [places.get(edge.from), places.get(edge.to)];
          if (a === undefined || b === undefined) return null;
          const share = edge.weight / heaviest;
          return (
            <line
              key={`${edge.from} ${edge.to}`}
              x1={a.x}
              y1={a.y}
              x2={b.x}
              y2={b.y}
              strokeWidth={0.75 + 3 * share}
              strokeOpacity={0.35 + 0.5 * share}
            />
          );
        })}
        {nodes.map((node) => (
          <Dot
            key={node.id}
            node={node}
            place={places.get(node.id)}
            radius={radiusOf(node)}
            named={named.has(node.id)}
          />
        ))}
      </svg>
    </div>
  );
}

function shortName({ name }: Node): string {
  return name.length > 18 ? `${name.slice(0, 17)}…` : name;
}

/** Those whose name can stand under their dot without covering another name or dot; who wrote most is asked first. */
function namesWithRoom(
  nodes: readonly Node[],
  places: ReadonlyMap<string, Place>,
  radiusOf: (node: Node) => number,
): Set<string> {
  const taken = nodes.flatMap((node) => {
    const place = places.get(node.id);
    return place === undefined ? [] : [boxAround(place, radiusOf(node), radiusOf(node))];
  });
  const named = new Set<string>();
  for (const node of nodes.toSorted((a, b) => b.weight - a.weight)) {
    const place = places.get(node.id);
    if (place === undefined || named.size >= NAMED) continue;
    const middle = { x: place.x, y: place.y + radiusOf(node) + LETTER_HEIGHT / 2 + 2 };
    const box = boxAround(middle, (shortName(node).length * LETTER_WIDTH) / 2, LETTER_HEIGHT / 2 - 1);
    if (taken.some((other) => overlap(box, other))) continue;
    taken.push(box);
    named.add(node.id);
  }
  return named;
}

function boxAround({ x, y }: Place, halfWidth: number, halfHeight: number) {
  return { left: x - halfWidth, right: x + halfWidth, top: y - halfHeight, bottom: y + halfHeight };
}

type Box = ReturnType<typeof boxAround>;

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function Dot(props: { node: Node; place: { x: number; y: number } | undefined; radius: number; named: boolean }) {
  const { node, place, radius } = props;
  if (place === undefined) return null;
  const dot = (
    <g
      className={classes["person"]}
      data-named={props.named || undefined}
      transform={`translate(${place.x} ${place.y})`}
    >
      <circle r={radius} />
      <title>{node.name}</title>
      <text y={radius + 13}>{shortName(node)}</text>
    </g>
  );
  return node.href === undefined ? dot : <Link to={node.href}>{dot}</Link>;
}

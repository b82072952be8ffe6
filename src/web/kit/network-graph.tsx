import { useMemo } from "react";
import { Link } from "react-router";
import { type Edge, layoutNetwork, type Node } from "./network-layout.ts";
import classes from "./network-graph.module.css";
import { useWidth } from "./use-width.ts";

const FIRST_WIDTH = 560;
const NAMED = 14;

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
  const named = new Set(
    nodes
      .toSorted((a, b) => b.weight - a.weight)
      .slice(0, NAMED)
      .map((node) => node.id),
  );
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
            radius={4 + 10 * Math.sqrt(node.weight / largest)}
            named={named.has(node.id)}
          />
        ))}
      </svg>
    </div>
  );
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
      <text y={radius + 13}>{node.name.length > 18 ? `${node.name.slice(0, 17)}…` : node.name}</text>
    </g>
  );
  return node.href === undefined ? dot : <Link to={node.href}>{dot}</Link>;
}

/** A person in the graph: how much they wrote decides the size of their dot. */
export interface Node {
  id: string;
  name: string;
  weight: number;
  href?: string;
}

/** Two people who answer each other, and how often. */
export interface Edge {
  from: string;
  to: string;
  weight: number;
}

export interface Place {
  x: number;
  y: number;
}

const STEPS = 120;

/**
 * Places people so that those who answer each other stand close (Fruchterman and Reingold 1991). The same graph always
 * gives the same picture: there is no chance in it, the start is a spiral by weight. Meant for at most about sixty people.
 */
export function layoutNetwork(
  nodes: readonly Node[],
  edges: readonly Edge[],
  size: { width: number; height: number },
): Map<string, Place> {
  const ordered = nodes.toSorted((a, b) => b.weight - a.weight || a.id.localeCompare(b.id));
  const places = new Map(ordered.map((node, index) => [node.id, spiral(index, ordered.length)]));
  const heaviest = Math.max(1, ...edges.map((edge) => edge.weight));
  const ideal = 0.9 / Math.sqrt(Math.max(1, nodes.length));
  for (let step = 0; step < STEPS; step += 1) {
    const shifts = new Map(ordered.map((node) => [node.id, { x: 0, y: 0 }]));
    pushApart(places, shifts, ideal);
    pullTogether({ edges, heaviest }, { places, shifts }, ideal);
    settle(places, shifts, 0.08 * (1 - step / STEPS));
  }
  return fit(gather(places, componentsOf(ordered, edges), ideal), size);
}

function spiral(index: number, count: number): Place {
  const angle = index * 2.399_963; // the golden angle spreads any number of points evenly
  const radius = 0.5 * Math.sqrt((index + 0.5) / count);
  return { x: steady(radius * Math.cos(angle)), y: steady(radius * Math.sin(angle)) };
}

function pushApart(places: Map<string, Place>, shifts: Map<string, Place>, ideal: number): void {
  for (const [one, a] of places) {
    const shift = shifts.get(one);
    if (shift === undefined) continue;
    for (const [other, b] of places) {
      if (one === other) continue;
      const [dx, dy] = [a.x - b.x, a.y - b.y];
      const square = Math.max(1e-6, dx * dx + dy * dy);
      shift.x += (dx * ideal * ideal) / square;
      shift.y += (dy * ideal * ideal) / square;
    }
    // A light pull to the middle keeps people without ties on the picture.
    shift.x -= a.x * ideal * 0.4;
    shift.y -= a.y * ideal * 0.4;
  }
}

function pullTogether(
  { edges, heaviest }: { edges: readonly Edge[]; heaviest: number },
  { places, shifts }: { places: Map<string, Place>; shifts: Map<string, Place> },
  ideal: number,
): void {
  for (const edge of edges) {
    const [a, b] = [places.get(edge.from), places.get(edge.to)];
    const [first, second] = [shifts.get(edge.from), shifts.get(edge.to)];
    if (a === undefined || b === undefined || first === undefined || second === undefined) continue;
    const [dx, dy] = [a.x - b.x, a.y - b.y];
    const pull = (length(dx, dy) / ideal) * (0.25 + 0.75 * (edge.weight / heaviest));
    first.x -= dx * pull;
    first.y -= dy * pull;
    second.x += dx * pull;
    second.y += dy * pull;
  }
}

function settle(places: Map<string, Place>, shifts: Map<string, Place>, most: number): void {
  for (const [id, place] of places) {
    const shift = shifts.get(id);
    const far = length(shift?.x ?? 0, shift?.y ?? 0);
    if (shift === undefined || far === 0) continue;
    const step = Math.min(far, most) / far;
    place.x += shift.x * step;
    place.y += shift.y * step;
  }
}

/** People whom nobody links with each other, neither straight nor through others, are in different circles. */
function componentsOf(nodes: readonly Node[], edges: readonly Edge[]): string[][] {
  const circles = new Map(nodes.map(({ id }) => [id, [id]]));
  for (const { from, to } of edges) {
    const [one, other] = [circles.get(from), circles.get(to)];
    if (one === undefined || other === undefined || one === other) continue;
    one.push(...other);
    for (const id of other) circles.set(id, one);
  }
  return [...new Set(circles.values())];
}

/**
 * Sets circles that do not talk to each other side by side: left alone they push each other so far away that each shrinks
 * to a heap. The widest stands first, in rows about as wide as high; within a circle nothing moves.
 */
function gather(places: Map<string, Place>, circles: readonly string[][], ideal: number): Map<string, Place> {
  if (circles.length < 2) return places;
  const boxes = circles.map((ids) => boxOf(ids, places)).toSorted((a, b) => b.height - a.height || b.width - a.width);
  const room = boxes.reduce((sum, { width, height }) => sum + (width + ideal) * (height + ideal), 0);
  const rowWidth = Math.max(boxes[0]?.width ?? 0, Math.sqrt(room) * 1.3);
  const gathered = new Map<string, Place>();
  let [x, y, rowHeight] = [0, 0, 0];
  for (const { ids, left, top, width, height } of boxes) {
    if (x > 0 && x + width > rowWidth) [x, y, rowHeight] = [0, y + rowHeight + ideal, 0];
    for (const id of ids) {
      const place = places.get(id);
      if (place !== undefined) gathered.set(id, { x: place.x - left + x, y: place.y - top + y });
    }
    x += width + ideal;
    rowHeight = Math.max(rowHeight, height);
  }
  return gathered;
}

function boxOf(ids: readonly string[], places: ReadonlyMap<string, Place>) {
  const own = ids.flatMap((id) => places.get(id) ?? []);
  const [left, top] = [Math.min(...own.map(({ x }) => x)), Math.min(...own.map(({ y }) => y))];
  const [right, bottom] = [Math.max(...own.map(({ x }) => x)), Math.max(...own.map(({ y }) => y))];
  return { ids, left, top, width: right - left, height: bottom - top };
}

function fit(places: Map<string, Place>, { width, height }: { width: number; height: number }): Map<string, Place> {
  const all = [...places.values()];
  const [left, right] = [Math.min(...all.map((place) => place.x)), Math.max(...all.map((place) => place.x))];
  const [top, bottom] = [Math.min(...all.map((place) => place.y)), Math.max(...all.map((place) => place.y))];
  const across = stretch({ from: left, to: right }, width, 56);
  const down = stretch({ from: top, to: bottom }, height, 28);
  return new Map([...places].map(([id, place]) => [id, { x: across(place.x), y: down(place.y) }]));
}

/** Maps a span onto a room with a margin at both ends; a span of one point goes to the middle. */
function stretch({ from, to }: { from: number; to: number }, room: number, margin: number): (value: number) => number {
  if (to - from < 1e-9) return () => room / 2;
  return (value) => margin + ((value - from) / (to - from)) * (room - 2 * margin);
}

// Sine, cosine and hypotenuse may differ in the last bit between server and browser, and the steps would make the
// difference visible: so the start is rounded, and lengths are taken by the square root, which is exact everywhere.
function steady(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

function length(x: number, y: number): number {
  return Math.sqrt(x * x + y * y);
}

import { encode } from "uqr";

/** A text as a square for cameras: always dark on white, because cameras read no other. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { border: 3 });
  const path = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      width={208}
      height={208}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      style={{ display: "block", margin: "0 auto", borderRadius: 8 }}
    >
      <rect width={size} height={size} fill="#ffffff" />
      <path d={path} fill="#1f1b16" />
    </svg>
  );
}

import classes from "./initial.module.css";

/** A person as the first letter of their name: pictures of people are never fetched. */
export function Initial({ name, size = 28 }: { name: string; size?: number }) {
  const letter = Array.from(name.replace(/^[^\p{L}\p{N}]+/u, ""))[0] ?? "?";
  return (
    <span
      className={classes["initial"]}
      style={{ width: size, height: size, fontSize: Math.round(size * 0.46) }}
      aria-hidden
    >
      {letter.toLocaleUpperCase()}
    </span>
  );
}

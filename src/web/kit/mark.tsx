/** The veche bell, from two strokes; drawn so that it can be read at 16 pixels. */
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="var(--v-bronze)"
      strokeWidth={2.2}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
      focusable="false"
    >
      <path d="M3.5 17.5c3-2 2.6-5 3.2-8.4a5.4 5.4 0 0 1 10.6 0c.6 3.4.2 6.4 3.2 8.4z" />
      <path d="M9.6 21.2h4.8" />
    </svg>
  );
}

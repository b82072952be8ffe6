import { CopyButton } from "./copy-button.tsx";
import classes from "./once-shown.module.css";

/** A secret that is shown this once: why, itself, and a button that copies it. */
export function OnceShown({ text, secret }: { text: string; secret: string }) {
  return (
    <div className={classes["shown"]}>
      <p>{text}</p>
      <code>{secret}</code>
      <CopyButton text={secret} />
    </div>
  );
}

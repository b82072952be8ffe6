import { type ReactNode } from "react";
import classes from "./page-header.module.css";

/** The top of a page: its title, one sentence that says what it tells or does, and one main action at the right. */
export function PageHeader(props: { title: ReactNode; lead?: ReactNode; action?: ReactNode; children?: ReactNode }) {
  return (
    <header className={classes["header"]}>
      <div className={classes["words"]}>
        <h1 className={classes["title"]}>{props.title}</h1>
        {props.lead !== undefined && <p className={classes["lead"]}>{props.lead}</p>}
        {props.children}
      </div>
      {props.action !== undefined && <div className={`${classes["action"]} v-no-print`}>{props.action}</div>}
    </header>
  );
}

/** The top of a part of a page: a small question or topic in bronze, and under it the sentence that answers it. */
export function SectionHeader(props: { topic?: ReactNode; title: ReactNode; aside?: ReactNode; id?: string }) {
  return (
    <div className={classes["section"]}>
      {props.topic !== undefined && <p className={classes["topic"]}>{props.topic}</p>}
      <div className={classes["row"]}>
        <h2 className={classes["sentence"]} id={props.id}>
          {props.title}
        </h2>
        {props.aside}
      </div>
    </div>
  );
}

/** Where one is on a path of several pages, above the title. */
export function Step({ text }: { text: string }) {
  return <p className={classes["topic"]}>{text}</p>;
}

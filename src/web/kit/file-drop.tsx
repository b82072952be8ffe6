import { Button } from "@mantine/core";
import { IconFileUpload } from "@tabler/icons-react";
import { type DragEvent, type ReactNode, useRef, useState } from "react";
import { m } from "#words";
import classes from "./file-drop.module.css";

export interface FileDropProps {
  title: string;
  /** What may be dropped, and how large. */
  text: ReactNode;
  /** Endings the file picker offers: `.json,.csv`. */
  accept?: string;
  onFile: (file: File) => void;
  disabled?: boolean;
}

/** A place to drop a file on, or to choose one by the button; reachable by keyboard through the button. */
export function FileDrop(props: FileDropProps) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);

  function take(file: File | undefined): void {
    if (file !== undefined && props.disabled !== true) props.onFile(file);
  }

  function drag(event: DragEvent): void {
    event.preventDefault();
    if (
      event.type === "dragleave" &&
      event.currentTarget.contains(event.relatedTarget instanceof globalThis.Node ? event.relatedTarget : null)
    )
      return;
    setOver(event.type === "dragenter" || event.type === "dragover");
    if (event.type === "drop") take(event.dataTransfer.files[0]);
  }

  return (
    <div
      className={classes["drop"]}
      data-over={over || undefined}
      onDragEnter={drag}
      onDragOver={drag}
      onDragLeave={drag}
      onDrop={drag}
    >
      <IconFileUpload size={28} stroke={1.5} aria-hidden />
      <p className={classes["title"]}>{over ? m.web_drop_here() : props.title}</p>
      <p className={classes["text"]}>{props.text}</p>
      <input
        ref={input}
        type="file"
        className="v-hidden"
        tabIndex={-1}
        aria-label={m.web_choose_file()}
        accept={props.accept}
        onChange={(event) => {
          take(event.currentTarget.files?.[0]);
          event.currentTarget.value = "";
        }}
      />
      <Button disabled={props.disabled ?? false} onClick={() => input.current?.click()}>
        {m.web_choose_file()}
      </Button>
    </div>
  );
}

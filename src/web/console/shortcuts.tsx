import { Modal } from "@mantine/core";
import { Fragment, useEffect, useState } from "react";
import { m } from "#words";
import { isTyping } from "../kit/list-keys.ts";
import classes from "./shortcuts.module.css";

const opening = "veche-shortcuts";

/** Opens the list of shortcuts from anywhere in the console. */
export function openShortcuts(): void {
  document.dispatchEvent(new CustomEvent(opening));
}

/** The keys of the console, and the list of them under `?`. */
export function Shortcuts({ onFold }: { onFold: () => void }) {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const show = () => setOpen(true);
    function onKey(event: KeyboardEvent): void {
      if (isTyping(event)) return;
      if (event.key === "?") show();
      if (event.key === "[") onFold();
      const search = document.querySelector<HTMLElement>("[data-list-search]");
      if (event.key !== "/" || search === null) return;
      event.preventDefault();
      search.focus();
    }
    document.addEventListener("keydown", onKey);
    document.addEventListener(opening, show);
    return () => {
      document.removeEventListener("keydown", onKey);
      document.removeEventListener(opening, show);
    };
  }, [onFold]);
  const rows: [string[], string][] = [
    [["Ctrl", "K"], m.web_shortcut_palette()],
    [["/"], m.web_shortcut_search()],
    [["j"], m.web_shortcut_list_down()],
    [["k"], m.web_shortcut_list_up()],
    [["Enter"], m.web_shortcut_open()],
    [["x"], m.web_shortcut_select()],
    [["Esc"], m.web_shortcut_close()],
    [["["], m.web_shortcut_rail()],
    [["?"], m.web_shortcut_help()],
  ];
  return (
    <Modal
      opened={open}
      onClose={() => setOpen(false)}
      title={<b>{m.web_shortcuts_title()}</b>}
      closeButtonProps={{ "aria-label": m.web_close() }}
    >
      <dl className={classes["keys"]}>
        {rows.map(([keys, what]) => (
          <Fragment key={what}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </Fragment>
        ))}
      </dl>
    </Modal>
  );
}

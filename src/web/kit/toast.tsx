import { Anchor } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { m } from "#words";

/** The cross that closes a note needs a name of its own; whoever listens would hear only "button". */
function closeable() {
  return { closeButtonProps: { "aria-label": m.web_close() } };
}

const SHORT_MS = 4000;
const UNDO_MS = 8000;

/** Says that something is done. */
export function showDone(message: string): void {
  notifications.show({ ...closeable(), message, autoClose: SHORT_MS, withBorder: true, color: "success" });
}

/** Says that something is done and lets it be taken back while the note stands. */
export function showUndo(message: string, undo: () => void): void {
  const id = notifications.show({
    ...closeable(),
    autoClose: UNDO_MS,
    withBorder: true,
    message: (
      <>
        {message}{" "}
        <Anchor
          component="button"
          type="button"
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          {m.web_undo()}
        </Anchor>
      </>
    ),
  });
}

/** Says that something did not work, until the reader closes it. */
export function showFailure(message: string): void {
  notifications.show({ ...closeable(), message, autoClose: false, withBorder: true, color: "danger" });
}

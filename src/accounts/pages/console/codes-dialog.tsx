import { Modal } from "@mantine/core";
import { m } from "#words";
import { BackupCodes } from "./backup-codes.tsx";

/** Shows new backup codes, when there are any. */
export function CodesDialog({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  return (
    <Modal
      opened={codes.length > 0}
      onClose={onClose}
      title={<b>{m.accounts_page_backup()}</b>}
      closeButtonProps={{ "aria-label": m.web_close() }}
    >
      <BackupCodes codes={codes} onClose={onClose} />
    </Modal>
  );
}

import { Button, Group } from "@mantine/core";
import { m } from "#words";
import { CopyButton } from "#src/web/kit/copy-button.tsx";
import classes from "./factors.module.css";

/** Backup codes, shown this once. */
export function BackupCodes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  return (
    <div className={classes["codes"]}>
      <p>{m.accounts_page_backup_text()}</p>
      <ol>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <Group justify="space-between">
        <CopyButton text={codes.join("\n")} />
        <Button onClick={onClose}>{m.accounts_page_backup_kept()}</Button>
      </Group>
    </div>
  );
}

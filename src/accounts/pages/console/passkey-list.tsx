import { Button, Menu, Modal, Stack, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { m } from "#words";
import { Confirm } from "#src/web/kit/confirm.tsx";
import { formatDateShort } from "#src/web/kit/format.ts";
import { formText } from "#src/web/kit/form-text.ts";
import { useReader } from "#src/web/kit/reader.ts";
import { showDone } from "#src/web/kit/toast.tsx";
import type { Passkey } from "../../model.ts";
import { callApi, textsIn } from "./api-call.ts";
import classes from "./factors.module.css";
import { makePasskey, useHasPasskeys } from "./passkey-browser.ts";
import { RowMenu } from "./row-menu.tsx";
import type { Proof } from "./use-proof.tsx";

interface ListProps {
  passkeys: readonly Passkey[];
  proof: Proof;
  onChange: (backupCodes?: string[]) => void;
}

/** A person's passkeys, with names, and a way to add one. */
export function PasskeyList({ passkeys, proof, onChange }: ListProps) {
  const [naming, setNaming] = useState<Passkey | "new">();
  const hasThem = useHasPasskeys();
  const keep = async (name: string) => {
    const kept = await proof.run(async () =>
      naming === "new"
        ? callApi("POST", "/me/passkeys", { ...(await makePasskey()), name })
        : callApi("PATCH", `/me/passkeys/${naming?.id ?? ""}`, { name }),
    );
    if (kept === undefined) return;
    setNaming(undefined);
    showDone(m.accounts_page_passkey_kept({ name }));
    onChange(textsIn(kept, "backupCodes"));
  };
  return (
    <>
      {passkeys.length > 0 && (
        <ul className={classes["list"]}>
          {passkeys.map((passkey) => (
            <Line
              key={passkey.id}
              passkey={passkey}
              proof={proof}
              onChange={onChange}
              onRename={() => setNaming(passkey)}
            />
          ))}
        </ul>
      )}
      {hasThem ? (
        <Button
          variant="default"
          leftSection={<IconPlus size={18} stroke={1.7} aria-hidden />}
          onClick={() => setNaming("new")}
        >
          {m.accounts_page_passkey_add()}
        </Button>
      ) : (
        <p>{m.accounts_page_passkey_none_here()}</p>
      )}
      <NameDialog naming={naming} onClose={() => setNaming(undefined)} onName={keep} />
    </>
  );
}

function Line({
  passkey,
  proof,
  onChange,
  onRename,
}: Omit<ListProps, "passkeys"> & { passkey: Passkey; onRename: () => void }) {
  const reader = useReader();
  const day = (at: string) => formatDateShort(Date.parse(at), reader);
  const { name, madeAt, usedAt } = passkey;
  const drop = async () => {
    if ((await proof.run(() => callApi("DELETE", `/me/passkeys/${passkey.id}`))) === undefined) return;
    showDone(m.accounts_page_passkey_dropped({ name }));
    onChange();
  };
  return (
    <li>
      <div>
        <b>{name}</b>
        <small>
          {usedAt === null
            ? m.accounts_page_passkey_unused({ made: day(madeAt) })
            : m.accounts_page_passkey_used({ made: day(madeAt), used: day(usedAt) })}
        </small>
      </div>
      <Confirm
        title={m.accounts_page_passkey_drop_title({ name })}
        text={m.accounts_page_passkey_drop_text()}
        confirm={m.accounts_page_passkey_drop()}
        danger
        onConfirm={() => void drop()}
      >
        {(ask) => (
          <RowMenu label={m.accounts_page_staff_menu({ name })}>
            <Menu.Item onClick={onRename}>{m.accounts_page_passkey_rename()}</Menu.Item>
            <Menu.Item color="danger" onClick={ask}>
              {m.accounts_page_passkey_drop()}
            </Menu.Item>
          </RowMenu>
        )}
      </Confirm>
    </li>
  );
}

interface NameDialogProps {
  naming: Passkey | "new" | undefined;
  onClose: () => void;
  onName: (name: string) => Promise<void>;
}

function NameDialog({ naming, onClose, onName }: NameDialogProps) {
  const [busy, setBusy] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    void onName(formText(new FormData(event.currentTarget), "name")).finally(() => setBusy(false));
  };
  const isNew = naming === "new";
  return (
    <Modal
      opened={naming !== undefined}
      onClose={onClose}
      title={<b>{isNew ? m.accounts_page_passkey_add() : m.accounts_page_passkey_rename()}</b>}
      closeButtonProps={{ "aria-label": m.web_close() }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          {isNew && <p style={{ margin: 0 }}>{m.accounts_page_passkey_add_text()}</p>}
          <TextInput
            name="name"
            label={m.accounts_page_passkey_name()}
            placeholder={m.accounts_page_passkey_name_example()}
            defaultValue={isNew ? "" : naming?.name}
            maxLength={60}
            required
            withAsterisk={false}
            data-autofocus
          />
          <Button type="submit" loading={busy} fullWidth>
            {isNew ? m.accounts_page_passkey_make() : m.accounts_page_save()}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}

import { Alert, Button, Modal, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { m } from "#words";
import { formText } from "#src/web/kit/form-text.ts";
import { ApiRefusal, callApi, textsIn } from "./api-call.ts";
import { BackupCodes } from "./backup-codes.tsx";
import classes from "./factors.module.css";
import { QrCode } from "./qr-code.tsx";

/** What goes into a code app. */
export interface TotpSetup {
  uri: string;
  secret: string;
}

/** Sets a code app up: a square to photograph, a code back, and then the backup codes. */
export function TotpDialog({ setup, onClose }: { setup: TotpSetup | undefined; onClose: (done: boolean) => void }) {
  const [codes, setCodes] = useState<string[]>();
  const close = () => {
    onClose(codes !== undefined);
    setCodes(undefined);
  };
  const finished = (backupCodes: string[]) => {
    if (backupCodes.length === 0) onClose(true);
    else setCodes(backupCodes);
  };
  return (
    <Modal
      opened={setup !== undefined}
      onClose={close}
      title={<b>{codes === undefined ? m.accounts_page_totp_setup() : m.accounts_page_backup()}</b>}
      closeButtonProps={{ "aria-label": m.web_close() }}
    >
      {setup !== undefined && codes === undefined && <Steps setup={setup} onFinished={finished} />}
      {codes !== undefined && <BackupCodes codes={codes} onClose={close} />}
    </Modal>
  );
}

function Steps({ setup, onFinished }: { setup: TotpSetup; onFinished: (backupCodes: string[]) => void }) {
  const [failure, setFailure] = useState<string>();
  const finish = async (code: string) => {
    try {
      onFinished(textsIn(await callApi("POST", "/me/totp/confirmation", { code }), "backupCodes"));
    } catch (error) {
      if (!(error instanceof ApiRefusal)) throw error;
      setFailure(error.message);
    }
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void finish(formText(new FormData(event.currentTarget), "code"));
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <p style={{ margin: 0 }}>{m.accounts_page_totp_scan()}</p>
        <QrCode text={setup.uri} label={m.accounts_page_totp_square()} />
        <p style={{ margin: 0 }}>{m.accounts_page_totp_type()}</p>
        <code className={classes["typed"]}>{setup.secret}</code>
        {failure !== undefined && (
          <Alert color="danger" variant="light" role="alert">
            {failure}
          </Alert>
        )}
        <TextInput
          name="code"
          label={m.accounts_page_totp_code()}
          autoComplete="one-time-code"
          inputMode="numeric"
          minLength={6}
          maxLength={7}
          required
          withAsterisk={false}
          data-autofocus
        />
        <Button type="submit" fullWidth>
          {m.accounts_page_totp_confirm()}
        </Button>
      </Stack>
    </form>
  );
}

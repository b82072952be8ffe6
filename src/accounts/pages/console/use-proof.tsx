import { Alert, Button, Modal, Stack } from "@mantine/core";
import { type FormEvent, type ReactNode, useCallback, useState } from "react";
import { m } from "#words";
import { formSecret } from "#src/web/kit/form-text.ts";
import { PasswordField } from "#src/web/kit/password-field.tsx";
import { showFailure } from "#src/web/kit/toast.tsx";
import { ApiRefusal, callApi } from "./api-call.ts";
import { signWithPasskey, useHasPasskeys } from "./passkey-browser.ts";

interface Waiting {
  /** Does again what was refused. */
  again: () => void;
  giveUp: () => void;
}

/** Runs deeds that may ask first who one is. */
export interface Proof {
  /** What the deed answered; undefined when it was refused, which has been shown, or given up. */
  run: <T>(deed: () => Promise<T>) => Promise<T | undefined>;
  /** Draw it once on the page. */
  dialog: ReactNode;
}

/** Does a deed; what was refused is shown, unless it is for want of a proof. */
async function tried<T>(deed: () => Promise<T>): Promise<{ answer: T | undefined; mustProve: boolean }> {
  try {
    return { answer: await deed(), mustProve: false };
  } catch (error) {
    if (!(error instanceof ApiRefusal)) throw error;
    const mustProve = error.code === "accounts.prove-first";
    if (!mustProve) showFailure(error.message);
    return { answer: undefined, mustProve };
  }
}

/** Deeds that change how somebody signs in. When the last proof is minutes old, a dialog asks for another and goes on. */
export function useProof({ hasPasskeys }: { hasPasskeys: boolean }): Proof {
  const [waiting, setWaiting] = useState<Waiting>();
  const run = useCallback(async <T,>(deed: () => Promise<T>): Promise<T | undefined> => {
    const first = await tried(deed);
    if (!first.mustProve) return first.answer;
    const isProved = await new Promise<boolean>((settle) =>
      setWaiting({ again: () => settle(true), giveUp: () => settle(false) }),
    );
    setWaiting(undefined);
    return isProved ? (await tried(deed)).answer : undefined;
  }, []);
  return { run, dialog: <ProofDialog waiting={waiting} hasPasskeys={hasPasskeys} /> };
}

function ProofDialog({ waiting, hasPasskeys }: { waiting: Waiting | undefined; hasPasskeys: boolean }) {
  return (
    <Modal
      opened={waiting !== undefined}
      onClose={() => waiting?.giveUp()}
      title={<b>{m.accounts_page_prove()}</b>}
      closeButtonProps={{ "aria-label": m.web_close() }}
    >
      {waiting !== undefined && <ProofForm onProved={waiting.again} hasPasskeys={hasPasskeys} />}
    </Modal>
  );
}

function ProofForm({ onProved, hasPasskeys }: { onProved: () => void; hasPasskeys: boolean }) {
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);
  const canSign = useHasPasskeys() && hasPasskeys;
  const prove = async (evidence: () => Promise<object>) => {
    setBusy(true);
    try {
      await callApi("POST", "/me/proof", await evidence());
      onProved();
    } catch (error) {
      if (!(error instanceof ApiRefusal)) throw error;
      setFailure(error.message);
      setBusy(false);
    }
  };
  const byPassword = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = formSecret(new FormData(event.currentTarget), "password");
    void prove(async () => ({ password }));
  };
  return (
    <form onSubmit={byPassword}>
      <Stack gap="md">
        {failure !== undefined && (
          <Alert color="danger" variant="light" role="alert">
            {failure}
          </Alert>
        )}
        <p style={{ margin: 0 }}>{m.accounts_page_prove_text()}</p>
        <PasswordField
          name="password"
          label={m.accounts_page_current_password()}
          autoComplete="current-password"
          data-autofocus
        />
        <Button type="submit" loading={busy} fullWidth>
          {m.accounts_page_prove_go()}
        </Button>
        {canSign && (
          <Button
            variant="default"
            disabled={busy}
            fullWidth
            onClick={() => void prove(async () => ({ passkey: await signWithPasskey("/me/proof/passkey") }))}
          >
            {m.accounts_page_passkey_use()}
          </Button>
        )}
      </Stack>
    </form>
  );
}

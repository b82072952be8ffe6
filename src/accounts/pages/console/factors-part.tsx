import { Button } from "@mantine/core";
import { useState } from "react";
import { useRevalidator } from "react-router";
import { m } from "#words";
import { Confirm } from "#src/web/kit/confirm.tsx";
import { formatDateShort } from "#src/web/kit/format.ts";
import { SectionHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { showDone } from "#src/web/kit/toast.tsx";
import type { Passkey } from "../../model.ts";
import { callApi, textIn, textsIn } from "./api-call.ts";
import { CodesDialog } from "./codes-dialog.tsx";
import classes from "./factors.module.css";
import { PasskeyList } from "./passkey-list.tsx";
import { TotpDialog, type TotpSetup } from "./totp-dialog.tsx";
import { type Proof, useProof } from "./use-proof.tsx";

export interface ShownFactors {
  totpSince: string | null;
  backupCodes: number;
  passkeys: Passkey[];
}

/** How somebody proves who they are beside the password: code app, backup codes, passkeys. */
export function FactorsPart({ factors }: { factors: ShownFactors }) {
  const proof = useProof({ hasPasskeys: factors.passkeys.length > 0 });
  const [codes, setCodes] = useState<string[]>([]);
  const { revalidate } = useRevalidator();
  const changed = (backupCodes: string[] = []) => {
    setCodes(backupCodes);
    void revalidate();
  };
  const hasAny = factors.totpSince !== null || factors.passkeys.length > 0;
  return (
    <>
      <Part narrow>
        <SectionHeader title={m.accounts_page_factors()} />
        <p>{m.accounts_page_factors_text()}</p>
        <ul className={classes["list"]}>
          <CodeApp since={factors.totpSince} proof={proof} onChange={changed} />
          {hasAny && <Backup left={factors.backupCodes} proof={proof} onChange={changed} />}
        </ul>
      </Part>
      <Part narrow>
        <SectionHeader title={m.accounts_page_passkeys()} />
        <p>{m.accounts_page_passkeys_text()}</p>
        <PasskeyList passkeys={factors.passkeys} proof={proof} onChange={changed} />
      </Part>
      <CodesDialog codes={codes} onClose={() => setCodes([])} />
      {proof.dialog}
    </>
  );
}

interface LineProps {
  proof: Proof;
  onChange: (backupCodes?: string[]) => void;
}

function CodeApp({ since, proof, onChange }: LineProps & { since: string | null }) {
  const reader = useReader();
  const [setup, setSetup] = useState<TotpSetup>();
  const begin = async () => {
    const made = await proof.run(() => callApi("POST", "/me/totp"));
    if (made !== undefined) setSetup({ uri: textIn(made, "uri"), secret: textIn(made, "secret") });
  };
  const end = async () => {
    if ((await proof.run(() => callApi("DELETE", "/me/totp"))) === undefined) return;
    showDone(m.accounts_page_totp_ended());
    onChange();
  };
  const closed = (isDone: boolean) => {
    setSetup(undefined);
    if (isDone) onChange();
  };
  return (
    <li>
      <div>
        <b>{m.accounts_page_totp()}</b>
        <small>
          {since === null
            ? m.accounts_page_totp_off()
            : m.accounts_page_totp_on({ date: formatDateShort(Date.parse(since), reader) })}
        </small>
      </div>
      {since === null ? (
        <Button variant="default" size="compact-sm" onClick={() => void begin()}>
          {m.accounts_page_totp_begin()}
        </Button>
      ) : (
        <Confirm
          title={m.accounts_page_totp_end_title()}
          text={m.accounts_page_totp_end_text()}
          confirm={m.accounts_page_totp_end()}
          danger
          onConfirm={() => void end()}
        >
          {(ask) => (
            <Button variant="default" size="compact-sm" onClick={ask}>
              {m.accounts_page_totp_end()}
            </Button>
          )}
        </Confirm>
      )}
      <TotpDialog setup={setup} onClose={closed} />
    </li>
  );
}

function Backup({ left, proof, onChange }: LineProps & { left: number }) {
  const make = async () => {
    const made = await proof.run(() => callApi("POST", "/me/backup-codes"));
    if (made !== undefined) onChange(textsIn(made, "backupCodes"));
  };
  return (
    <li>
      <div>
        <b>{m.accounts_page_backup()}</b>
        <small>{m.accounts_page_backup_left({ count: left })}</small>
      </div>
      <Confirm
        title={m.accounts_page_backup_new_title()}
        text={m.accounts_page_backup_new_text()}
        confirm={m.accounts_page_backup_new()}
        onConfirm={() => void make()}
      >
        {(ask) => (
          <Button variant="default" size="compact-sm" onClick={ask}>
            {m.accounts_page_backup_new()}
          </Button>
        )}
      </Confirm>
    </li>
  );
}

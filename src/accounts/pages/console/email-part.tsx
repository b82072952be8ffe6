import { Alert, Button, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useRevalidator } from "react-router";
import { m } from "#words";
import { formatMoment } from "#src/web/kit/format.ts";
import { SectionHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { showDone } from "#src/web/kit/toast.tsx";
import { callApi, textIn } from "./api-call.ts";
import { useProof } from "./use-proof.tsx";

/** An address that waits to be confirmed; both null when none does. */
interface NextEmail {
  readonly email: string | null;
  readonly expiresAt: string | null;
}

/** The address somebody signs in with, and the way to another one. */
export function EmailPart(props: { email: string; next: NextEmail; hasPasskeys: boolean }) {
  const { email, next, hasPasskeys } = props;
  const proof = useProof({ hasPasskeys });
  const { revalidate } = useRevalidator();
  const [wanted, setWanted] = useState("");
  const [busy, setBusy] = useState(false);
  const change = async (): Promise<void> => {
    setBusy(true);
    const answer = await proof.run(() => callApi("POST", "/me/email", { email: wanted.trim() }));
    setBusy(false);
    if (answer === undefined) return;
    setWanted("");
    if (textIn(answer, "state") === "changed") showDone(m.accounts_page_email_changed());
    void revalidate();
  };
  const send = (event: FormEvent): void => {
    event.preventDefault();
    void change();
  };
  return (
    <Part narrow>
      <SectionHeader title={m.accounts_page_email_title()} />
      <p>{m.accounts_page_email_now({ email })}</p>
      <Waiting next={next} />
      <form onSubmit={send}>
        <Stack gap="md" align="flex-start">
          <TextInput
            w="100%"
            type="email"
            label={m.accounts_page_email_next()}
            autoComplete="email"
            maxLength={254}
            required
            withAsterisk={false}
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
          />
          <Button type="submit" loading={busy}>
            {m.accounts_page_email_change()}
          </Button>
        </Stack>
      </form>
      {proof.dialog}
    </Part>
  );
}

function Waiting({ next: { email, expiresAt } }: { next: NextEmail }) {
  const reader = useReader();
  const { revalidate } = useRevalidator();
  if (email === null || expiresAt === null) return null;
  const keep = async (): Promise<void> => {
    await callApi("DELETE", "/me/email");
    showDone(m.accounts_page_email_kept());
    void revalidate();
  };
  const moment = formatMoment(Date.parse(expiresAt), reader);
  return (
    <Alert color="accent" variant="light" role="status" mb="md">
      <p style={{ margin: 0 }}>{m.accounts_page_email_waiting({ email, moment })}</p>
      <p style={{ margin: "4px 0 8px" }}>{m.accounts_page_email_again()}</p>
      <Button variant="default" size="compact-sm" onClick={() => void keep()}>
        {m.accounts_page_email_keep()}
      </Button>
    </Alert>
  );
}

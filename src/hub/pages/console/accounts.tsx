import { Button, Group, Modal, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { type ActionFunctionArgs, type LoaderFunctionArgs, useLoaderData } from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { ActionForm, SubmitButton, useFieldError } from "#src/web/kit/action-form.tsx";
import { formatDateShort, type Reader } from "#src/web/kit/format.ts";
import { formText } from "#src/web/kit/form-text.ts";
import { type Column, ListTable } from "#src/web/kit/list-table.tsx";
import { OnceShown } from "#src/web/kit/once-shown.tsx";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { attempt } from "#src/web/kit/refusal.ts";
import { SearchBox } from "#src/web/kit/search-box.tsx";
import { EmptyState } from "#src/web/kit/states.tsx";
import { showDone } from "#src/web/kit/toast.tsx";
import type { ProviderName } from "../../model.ts";

export const meta = () => [{ title: `${m.hub_page_accounts()} · ${m.web_name()}` }];

const PAGE_SIZE = 50;

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { hub } = context.get(visitContext).api;
  const { searchParams } = new URL(request.url);
  const [after, search] = [searchParams.get("after"), searchParams.get("search")?.trim() ?? ""];
  const ask = { community: params["community"] ?? "", limit: PAGE_SIZE, typed: search.slice(0, 254) };
  return { accounts: await hub.setUp.accounts({ ...ask, ...(after !== null && { after }) }), search };
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { hub } = context.get(visitContext).api;
  const form = await request.formData();
  const whose = { community: params["community"] ?? "", accountId: formText(form, "account") };
  if (formText(form, "deed") === "link") return attempt(() => hub.setUp.makePasswordLink(whose));
  return attempt(() => hub.setUp.giveAddress({ ...whose, email: formText(form, "email") }));
}

type Account = Awaited<ReturnType<typeof loader>>["accounts"]["items"][number];

const platformNames: Record<ProviderName, string> = {
  telegram: "Telegram",
  discord: "Discord",
  vk: "VK",
  reddit: "Reddit",
  facebook: "Facebook",
};

/** Accounts of the hub's members: what opens each, and help for those who cannot come in. */
export default function AccountsPage() {
  const { accounts, search } = useLoaderData<typeof loader>();
  const reader = useReader();
  const query = new URLSearchParams(search === "" ? {} : { search });
  const empty =
    search === "" ? (
      <EmptyState title={m.hub_page_accounts_empty()} text={m.hub_page_accounts_empty_text()} />
    ) : (
      <EmptyState title={m.hub_page_accounts_not_found()} text={m.hub_page_accounts_not_found_text()} />
    );
  return (
    <>
      <PageHeader title={m.hub_page_accounts()} lead={m.hub_page_accounts_lead()} />
      <Part>
        <Group mb="md">
          <SearchBox label={m.hub_page_accounts_search()} />
        </Group>
        <ListTable
          label={m.hub_page_accounts()}
          columns={columnsFor(reader)}
          rows={accounts.items}
          rowKey={({ accountId }) => accountId}
          empty={empty}
          next={accounts.next === null ? undefined : `?${query}&after=${encodeURIComponent(accounts.next)}`}
        />
      </Part>
    </>
  );
}

function waysOf({ hasPassword, passkeys, platforms }: Account): string {
  const named = platforms.map((platform) => platformNames[platform]);
  const all = [
    ...(hasPassword ? [m.hub_page_account_password()] : []),
    ...(passkeys > 0 ? [m.hub_page_account_passkeys({ count: passkeys })] : []),
    ...named,
  ];
  return all.length === 0 ? m.hub_page_account_none() : all.join(", ");
}

function columnsFor(reader: Reader): Column<Account>[] {
  return [
    {
      key: "name",
      title: m.hub_field_name(),
      cell: ({ name, email, leavingAt }) => (
        <>
          <b>{name}</b>
          <br />
          <small style={{ overflowWrap: "anywhere" }}>{email ?? m.hub_page_account_no_email()}</small>
          {leavingAt !== null && (
            <>
              <br />
              <small>{m.hub_page_account_leaving({ date: formatDateShort(Date.parse(leavingAt), reader) })}</small>
            </>
          )}
        </>
      ),
    },
    { key: "ways", title: m.hub_page_account_ways(), wide: true, cell: waysOf },
    {
      key: "joined",
      title: m.hub_page_account_joined(),
      wide: true,
      cell: ({ joinedAt }) => formatDateShort(Date.parse(joinedAt), reader),
    },
    { key: "help", title: "", align: "right", cell: (account) => <Help account={account} /> },
  ];
}

function linkOf(answer: unknown): string | undefined {
  const made = typeof answer === "object" && answer !== null && "link" in answer;
  return made && typeof answer.link === "string" ? answer.link : undefined;
}

/** What the team can do for one member who cannot come in. */
function Help({ account }: { account: Account }) {
  const [isOpen, setOpen] = useState(false);
  const [link, setLink] = useState<string>();
  const close = () => {
    setOpen(false);
    setLink(undefined);
  };
  return (
    <>
      <Button variant="default" size="compact-sm" onClick={() => setOpen(true)}>
        {m.hub_page_account_help()}
      </Button>
      {isOpen && (
        <Modal
          opened
          onClose={close}
          title={<b>{m.hub_page_account_help_title({ name: account.name })}</b>}
          closeButtonProps={{ "aria-label": m.web_close() }}
        >
          {link === undefined ? (
            <>
              <Text mb="md">{m.hub_page_account_sure()}</Text>
              <LinkForm account={account} onMade={setLink} />
              <AddressForm account={account} onDone={close} />
            </>
          ) : (
            <OnceShown text={m.hub_page_account_link_once()} secret={link} />
          )}
        </Modal>
      )}
    </>
  );
}

function LinkForm({ account, onMade }: { account: Account; onMade: (link: string | undefined) => void }) {
  return (
    <ActionForm onDone={(answer) => onMade(linkOf(answer))}>
      <input type="hidden" name="deed" value="link" />
      <input type="hidden" name="account" value={account.accountId} />
      <Text c="dimmed">{m.hub_page_account_link_text()}</Text>
      <SubmitButton fullWidth>{m.hub_page_account_link()}</SubmitButton>
    </ActionForm>
  );
}

function AddressForm({ account, onDone }: { account: Account; onDone: () => void }) {
  const done = () => {
    showDone(m.hub_page_account_email_done({ name: account.name }));
    onDone();
  };
  return (
    <details style={{ marginTop: 24 }}>
      <summary style={{ minHeight: 44, cursor: "pointer", paddingBlock: 8 }}>{m.hub_page_account_email()}</summary>
      <ActionForm onDone={done}>
        <input type="hidden" name="deed" value="email" />
        <input type="hidden" name="account" value={account.accountId} />
        <Address />
        <SubmitButton>{m.hub_page_account_email_save()}</SubmitButton>
      </ActionForm>
    </details>
  );
}

function Address() {
  return (
    <TextInput
      name="email"
      type="email"
      label={m.hub_field_email()}
      description={m.hub_page_account_email_text()}
      required
      withAsterisk={false}
      maxLength={254}
      autoComplete="off"
      error={useFieldError("email")}
    />
  );
}

import { Button, Group, Text, TextInput } from "@mantine/core";
import { useFetcher } from "react-router";
import { m } from "#words";
import { ActionForm, SubmitButton, useFieldError } from "#src/web/kit/action-form.tsx";
import { Confirm } from "#src/web/kit/confirm.tsx";
import { CopyButton } from "#src/web/kit/copy-button.tsx";
import { SectionHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { PasswordField } from "#src/web/kit/password-field.tsx";
import { Tag } from "#src/web/kit/tag.tsx";
import { showDone } from "#src/web/kit/toast.tsx";
import type { SignInWay } from "../../model.ts";

/** A way to sign in as its form shows it: everything but the secret. */
interface Way {
  readonly way: SignInWay;
  readonly clientId: string;
  readonly isOn: boolean;
  readonly address: string;
}

const wayNames: Record<SignInWay, () => string> = {
  telegram: () => "Telegram",
  discord: () => "Discord",
  vk: () => "VK ID",
  reddit: () => "Reddit",
  facebook: () => "Facebook",
  "telegram-app": m.hub_page_way_app,
};
const wayHints: Record<SignInWay, () => string> = {
  telegram: m.hub_page_way_telegram_hint,
  discord: m.hub_page_way_discord_hint,
  vk: m.hub_page_way_vk_hint,
  reddit: m.hub_page_way_reddit_hint,
  facebook: m.hub_page_way_facebook_hint,
  "telegram-app": m.hub_page_way_app_hint,
};

/** By which platforms members may sign in: each with the keys that the platform gave for it. */
export function SignInPart({ ways }: { ways: readonly Way[] }) {
  return (
    <Part narrow>
      <SectionHeader title={m.hub_page_ways()} />
      <Text c="dimmed" mb="md">
        {m.hub_page_ways_lead()}
      </Text>
      {ways.map((way) => (
        <OneWay key={`${way.way} ${way.clientId}`} {...way} />
      ))}
    </Part>
  );
}

function OneWay({ way, clientId, isOn, address }: Way) {
  return (
    <details>
      <summary style={{ minHeight: 44, cursor: "pointer", paddingBlock: 8 }}>
        <b>{wayNames[way]()}</b> {isOn && <Tag tone="good">{m.hub_page_way_on()}</Tag>}
      </summary>
      <Text mb="xs">{wayHints[way]()}</Text>
      <Group gap={8} mb="sm">
        <code style={{ overflowWrap: "anywhere" }}>{address}</code>
        <CopyButton text={address} />
      </Group>
      <ActionForm onDone={() => showDone(m.hub_page_saved())}>
        <input type="hidden" name="deed" value="way" />
        <input type="hidden" name="way" value={way} />
        <Keys way={way} clientId={clientId} isOn={isOn} />
        <SubmitButton>{m.hub_page_save()}</SubmitButton>
      </ActionForm>
      {isOn && <Drop way={way} />}
    </details>
  );
}

function Keys({ way, clientId, isOn }: Omit<Way, "address">) {
  const [idError, secretError] = [useFieldError("clientId"), useFieldError("secret")];
  const isApp = way === "telegram-app";
  return (
    <>
      <TextInput
        name="clientId"
        label={isApp ? m.hub_page_way_bot() : m.hub_page_way_id()}
        defaultValue={clientId}
        required
        maxLength={100}
        autoComplete="off"
        error={idError}
      />
      <PasswordField
        name="secret"
        label={isApp ? m.hub_page_way_token() : m.hub_page_way_secret()}
        description={isOn ? m.hub_page_way_kept() : undefined}
        required={!isOn}
        withAsterisk={!isOn}
        maxLength={500}
        autoComplete="off"
        error={secretError}
      />
    </>
  );
}

function Drop({ way }: { way: SignInWay }) {
  const fetcher = useFetcher();
  return (
    <Confirm
      title={m.hub_page_way_drop_title()}
      text={m.hub_page_way_drop_text()}
      confirm={m.hub_page_way_drop()}
      danger
      onConfirm={() => void fetcher.submit({ deed: "drop-way", way }, { method: "post" })}
    >
      {(ask) => (
        <Button variant="default" mt="sm" loading={fetcher.state !== "idle"} onClick={ask}>
          {m.hub_page_way_drop()}
        </Button>
      )}
    </Confirm>
  );
}

import { Alert, Button, Group, List, Text, TextInput } from "@mantine/core";
import { useEffect } from "react";
import { useFetcher, useRevalidator } from "react-router";
import { m } from "#words";
import { ActionForm, SubmitButton, useFieldError } from "#src/web/kit/action-form.tsx";
import { Confirm } from "#src/web/kit/confirm.tsx";
import { formatMoment } from "#src/web/kit/format.ts";
import { SectionHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { Tag } from "#src/web/kit/tag.tsx";
import { showDone } from "#src/web/kit/toast.tsx";
import type { DomainState, DomainTrouble } from "../../domain/model.ts";

/** The hub's domain as the team is told of it. */
interface HubDomain {
  readonly domain: string;
  readonly shown: string;
  readonly state: DomainState;
  readonly isServed: boolean;
  readonly isBeingChecked: boolean;
  readonly trouble: DomainTrouble | null;
  readonly since: string;
  readonly checkedAt: string | null;
}

const stateNames = {
  waiting: m.hub_domain_waiting,
  proven: m.hub_domain_proven,
  failing: m.hub_domain_failing,
} as const;
const tones = { waiting: "warning", proven: "good", failing: "bad" } as const;
const troubles = {
  unreachable: m.hub_domain_trouble_unreachable,
  closed: m.hub_domain_trouble_closed,
  slow: m.hub_domain_trouble_slow,
} as const;

function troubleText(trouble: DomainTrouble, target: string): string {
  return trouble === "elsewhere" ? m.hub_domain_trouble_elsewhere({ target }) : troubles[trouble]();
}

/** How often the page asks again while a look is under way. */
const AGAIN_MS = 3000;

/** A domain of the brand at which the hub stands: entered, set up by these steps, proven, in use. */
export function DomainPart({ domain, target }: { domain: HubDomain | null; target: string }) {
  const isChecking = domain?.isBeingChecked === true;
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!isChecking) return undefined;
    const again = setInterval(() => {
      if (document.visibilityState === "visible") void revalidate();
    }, AGAIN_MS);
    return () => clearInterval(again);
  }, [isChecking, revalidate]);
  return (
    <Part narrow>
      <SectionHeader title={m.hub_domain_title()} />
      <Text c="dimmed" mb="md">
        {m.hub_domain_lead()}
      </Text>
      {domain === null ? <Enter /> : <Standing domain={domain} target={target} />}
    </Part>
  );
}

function Enter() {
  return (
    <ActionForm onDone={() => showDone(m.hub_domain_kept())}>
      <input type="hidden" name="deed" value="domain" />
      <DomainField />
      <SubmitButton>{m.hub_domain_set()}</SubmitButton>
    </ActionForm>
  );
}

function DomainField() {
  return (
    <TextInput
      name="domain"
      label={m.hub_domain_field()}
      description={m.hub_domain_hint()}
      placeholder="community.brand.com"
      required
      withAsterisk={false}
      maxLength={300}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      error={useFieldError("domain")}
    />
  );
}

function Standing({ domain, target }: { domain: HubDomain; target: string }) {
  const reader = useReader();
  const { shown, state, since, checkedAt, isBeingChecked, isServed, trouble } = domain;
  const moment = (at: string): string => formatMoment(Date.parse(at), reader);
  return (
    <>
      <Group gap={8} mb={4} role="status">
        <b style={{ overflowWrap: "anywhere" }}>{shown}</b>
        <Tag tone={tones[state]}>{stateNames[state]()}</Tag>
        <Text size="sm" c="dimmed">
          {m.hub_domain_since()} {moment(since)}
        </Text>
      </Group>
      <Text size="sm" c="dimmed" mb="sm">
        {isBeingChecked
          ? m.hub_domain_checking()
          : checkedAt !== null && `${m.hub_domain_checked()}: ${moment(checkedAt)}`}
      </Text>
      {trouble !== null && (
        <Alert color={state === "failing" ? "danger" : "warning"} variant="light" mb="sm">
          {troubleText(trouble, target)}
          {state === "failing" && ` ${isServed ? m.hub_domain_failing_text() : m.hub_domain_given_up()}`}
        </Alert>
      )}
      {state === "proven" && <Text mb="sm">{m.hub_domain_served()}</Text>}
      {state !== "proven" && <Steps domain={shown} target={target} />}
      <Deeds isBeingChecked={isBeingChecked} />
    </>
  );
}

function Steps({ domain, target }: { domain: string; target: string }) {
  return (
    <>
      <Text fw={600} mb={4}>
        {m.hub_domain_steps()}
      </Text>
      <List type="ordered" mb="sm" style={{ overflowWrap: "anywhere" }}>
        <List.Item>{m.hub_domain_step_name({ domain, target })}</List.Item>
        <List.Item>{m.hub_domain_step_proxy({ domain })}</List.Item>
        <List.Item>{m.hub_domain_step_wait()}</List.Item>
      </List>
    </>
  );
}

function Deeds({ isBeingChecked }: { isBeingChecked: boolean }) {
  const [check, drop] = [useFetcher(), useFetcher()];
  return (
    <Group gap="sm">
      <check.Form method="post">
        <input type="hidden" name="deed" value="check-domain" />
        <Button type="submit" loading={isBeingChecked || check.state !== "idle"}>
          {m.hub_domain_check()}
        </Button>
      </check.Form>
      <Confirm
        title={m.hub_domain_drop_title()}
        text={m.hub_domain_drop_text()}
        confirm={m.hub_domain_drop()}
        danger
        onConfirm={() => void drop.submit({ deed: "drop-domain" }, { method: "post" })}
      >
        {(ask) => (
          <Button variant="default" loading={drop.state !== "idle"} onClick={ask}>
            {m.hub_domain_drop()}
          </Button>
        )}
      </Confirm>
    </Group>
  );
}

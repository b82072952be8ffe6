import { Checkbox, Modal, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { m } from "#words";
import { segments } from "#src/analytics/model.ts";
import { ActionForm, SubmitButton, useFieldError } from "#src/web/kit/action-form.tsx";
import { useQuery } from "#src/web/kit/address.ts";
import { OnceShown } from "#src/web/kit/once-shown.tsx";
import { PasswordField } from "#src/web/kit/password-field.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import type { Shown } from "../../model.ts";
import classes from "./sharing.module.css";
import { showsText } from "./shows.ts";

/** What the audit's page was asked, which the link is to show. */
const carried = ["from", "to", "spaces", "segment", "savedSegment", "compare"] as const;

const lifetimes = [1, 7, 30, 90, 365];
const USUAL_LIFETIME = "30";

/** The answer of the action that made a link. */
function addressOf(answer: unknown): string | undefined {
  const made = typeof answer === "object" && answer !== null && "address" in answer;
  return made && typeof answer.address === "string" ? answer.address : undefined;
}

/** Asks what a link is for and how long it works, makes it, and shows its address this once. */
export function NewLink({ asked }: { asked: Shown["savedSegment"] }) {
  const { read, change } = useQuery();
  const [address, setAddress] = useState<string>();
  const close = () => {
    setAddress(undefined);
    change({ new: undefined, ...Object.fromEntries(carried.map((name) => [name, undefined])) }, { replace: true });
  };
  const title = address === undefined ? m.sharing_page_link_new() : m.sharing_page_link_ready();
  return (
    <Modal
      opened={read("new") === "link"}
      onClose={close}
      title={<b>{title}</b>}
      closeButtonProps={{ "aria-label": m.web_close() }}
    >
      {address === undefined ? (
        <ActionForm onDone={(answer) => setAddress(addressOf(answer))}>
          <Fields read={read} asked={asked} />
          <SubmitButton fullWidth>{m.sharing_page_link_new()}</SubmitButton>
        </ActionForm>
      ) : (
        <OnceShown text={m.sharing_page_link_once()} secret={address} />
      )}
    </Modal>
  );
}

interface Asked {
  readonly read: (name: string) => string | undefined;
  /** The saved segment that the audit was narrowed to. */
  readonly asked: Shown["savedSegment"];
}

function Fields({ read, asked }: Asked) {
  const reader = useReader();
  const [from = null, to = null] = [read("from"), read("to")];
  const count = (read("spaces") ?? "").split(",").filter((id) => id !== "").length;
  const segment = segments.find((one) => one === read("segment")) ?? "everyone";
  const spaces = count === 0 ? [] : [{ id: "", name: m.sharing_page_spaces({ count }) }];
  return (
    <>
      {carried.map((name) => (
        <input key={name} type="hidden" name={name} value={read(name) ?? ""} />
      ))}
      <p className={classes["what"]}>
        {m.sharing_page_link_shows()}: <b>{showsText({ from, to, segment, savedSegment: asked, spaces }, reader)}</b>
      </p>
      <TextInput
        name="name"
        label={m.sharing_page_link_name()}
        description={m.sharing_page_link_name_hint()}
        placeholder={m.sharing_page_link_name_example()}
        maxLength={100}
        required
        withAsterisk={false}
        error={useFieldError("name")}
        data-autofocus
      />
      <Select
        name="days"
        label={m.sharing_page_link_days()}
        data={lifetimes.map((days) => ({ value: String(days), label: m.sharing_page_days({ count: days }) }))}
        defaultValue={USUAL_LIFETIME}
        allowDeselect={false}
      />
      <PasswordField
        name="password"
        label={m.sharing_page_link_password()}
        description={m.sharing_page_link_password_hint()}
        autoComplete="new-password"
        minLength={8}
        maxLength={128}
        required={false}
        error={useFieldError("password")}
      />
      <Checkbox name="names" label={m.sharing_page_link_names()} description={m.sharing_page_link_names_hint()} />
    </>
  );
}

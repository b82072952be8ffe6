import { Checkbox, Select, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { m } from "#words";
import { useFieldError } from "#src/web/kit/action-form.tsx";
import { FormModal } from "#src/web/kit/form-modal.tsx";
import { formText } from "#src/web/kit/form-text.ts";
import {
  type Group,
  groupCallers,
  LONGEST_GROUP_ABOUT,
  LONGEST_GROUP_NAME,
  LONGEST_HANDLE,
} from "../../groups/model.ts";

/** Something of the team's that a group can follow, or that can be chosen. */
export interface Choice {
  readonly id: string;
  readonly name: string;
}

/** What groups can follow. */
export interface Rules {
  readonly tags: readonly Choice[];
  readonly segments: readonly Choice[];
}

/** What was typed about a group. */
export function groupFieldsOf(form: FormData) {
  const handle = formText(form, "handle").trim().replace(/^@/, "");
  const [kind, id = ""] = formText(form, "rule").split(" ");
  return {
    name: formText(form, "name"),
    about: formText(form, "about"),
    ...(handle !== "" && { handle }),
    callers: groupCallers.find((each) => each === formText(form, "callers")) ?? "members",
    takesRequests: form.has("takesRequests"),
    showsPeople: form.has("showsPeople"),
    tagId: kind === "tag" ? id : null,
    segmentId: kind === "segment" ? id : null,
  };
}

interface GroupFormProps {
  /** Undefined for a new one. */
  readonly group: Group | undefined;
  readonly rules: Rules;
  readonly onClose: () => void;
}

/** Makes or changes a group. */
export function GroupForm({ group, rules, onClose }: GroupFormProps) {
  const title = group === undefined ? m.hub_page_group_new() : m.hub_page_group_change_title();
  return (
    <FormModal
      title={title}
      sends={{ deed: "group", group: group?.id ?? "" }}
      submit={group === undefined ? title : m.hub_page_save()}
      onClose={onClose}
    >
      <Fields group={group} rules={rules} />
    </FormModal>
  );
}

function ruleOf(group: Group | undefined): string {
  const { tagId = null, segmentId = null } = group ?? {};
  if (tagId !== null) return `tag ${tagId}`;
  return segmentId === null ? "none" : `segment ${segmentId}`;
}

function RuleField({ group, rules }: Pick<GroupFormProps, "group" | "rules">) {
  const [rule, setRule] = useState<string | null>(ruleOf(group));
  const [tagError, segmentError] = [useFieldError("tagId"), useFieldError("segmentId")];
  const groups = [
    { group: m.hub_page_group_rule_none_of(), items: [{ value: "none", label: m.hub_page_group_rule_none() }] },
    { group: m.members_tags(), items: rules.tags.map(({ id, name }) => ({ value: `tag ${id}`, label: name })) },
    {
      group: m.members_segments(),
      items: rules.segments.map(({ id, name }) => ({ value: `segment ${id}`, label: name })),
    },
  ];
  return (
    <Select
      name="rule"
      label={m.hub_page_group_rule()}
      description={m.hub_page_group_rule_hint()}
      data={groups.filter(({ items }) => items.length > 0)}
      value={rule}
      onChange={setRule}
      allowDeselect={false}
      searchable={rules.tags.length + rules.segments.length > 10}
      error={tagError ?? segmentError}
    />
  );
}

const callerNames: Record<Group["callers"], () => string> = {
  team: m.hub_page_group_callers_team,
  members: m.hub_page_group_callers_members,
  everyone: m.hub_page_group_callers_everyone,
};

function CallFields({ group }: Pick<GroupFormProps, "group">) {
  return (
    <>
      <TextInput
        name="handle"
        label={m.hub_page_group_handle()}
        description={m.hub_page_group_handle_hint()}
        leftSection="@"
        defaultValue={group?.handle}
        maxLength={LONGEST_HANDLE}
        autoComplete="off"
        spellCheck={false}
        error={useFieldError("handle")}
      />
      <Select
        name="callers"
        label={m.hub_page_group_callers()}
        description={m.hub_page_group_callers_hint()}
        data={groupCallers.map((value) => ({ value, label: callerNames[value]() }))}
        defaultValue={group?.callers ?? "members"}
        allowDeselect={false}
      />
    </>
  );
}

function Fields({ group, rules }: Pick<GroupFormProps, "group" | "rules">) {
  return (
    <>
      <TextInput
        name="name"
        label={m.hub_page_group_name()}
        defaultValue={group?.name}
        maxLength={LONGEST_GROUP_NAME}
        required
        withAsterisk={false}
        error={useFieldError("name")}
        data-autofocus
      />
      <Textarea
        name="about"
        label={m.hub_page_group_about()}
        defaultValue={group?.about}
        maxLength={LONGEST_GROUP_ABOUT}
        autosize
        minRows={2}
        error={useFieldError("about")}
      />
      <RuleField group={group} rules={rules} />
      <CallFields group={group} />
      <Checkbox
        name="takesRequests"
        label={m.hub_page_group_takes_requests()}
        description={m.hub_page_group_takes_requests_hint()}
        defaultChecked={group?.takesRequests ?? false}
      />
      <Checkbox
        name="showsPeople"
        label={m.hub_page_group_shows_people()}
        defaultChecked={group?.showsPeople ?? true}
      />
    </>
  );
}

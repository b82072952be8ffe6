import { Checkbox, Select, Textarea } from "@mantine/core";
import { m } from "#words";
import { ActionForm, SubmitButton, useFieldError } from "#src/web/kit/action-form.tsx";
import { SectionHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { showDone } from "#src/web/kit/toast.tsx";
import { directories, type HubSettings, joinings, readings } from "../../model.ts";

const readingNames: Record<HubSettings["reading"], () => string> = {
  everyone: m.hub_page_reading_everyone,
  members: m.hub_page_reading_members,
};
const joiningNames: Record<HubSettings["joining"], () => string> = {
  everyone: m.hub_page_joining_everyone,
  invited: m.hub_page_joining_invited,
  nobody: m.hub_page_joining_nobody,
};

const directoryNames: Record<HubSettings["directory"], () => string> = {
  nobody: m.hub_page_directory_nobody,
  members: m.hub_page_directory_members,
  everyone: m.hub_page_directory_everyone,
};

/** Who reads and joins, what stands on the first page, and the rules. */
export function SettingsPart({ settings }: { settings: HubSettings }) {
  return (
    <Part narrow>
      <SectionHeader title={m.hub_page_settings()} />
      <ActionForm onDone={() => showDone(m.hub_page_saved())}>
        <input type="hidden" name="deed" value="settings" />
        <Fields settings={settings} />
        <SubmitButton>{m.hub_page_save()}</SubmitButton>
      </ActionForm>
    </Part>
  );
}

function Fields({ settings }: { settings: HubSettings }) {
  return (
    <>
      <Select
        name="reading"
        label={m.hub_page_reading()}
        data={readings.map((value) => ({ value, label: readingNames[value]() }))}
        defaultValue={settings.reading}
        allowDeselect={false}
      />
      <Select
        name="joining"
        label={m.hub_page_joining()}
        data={joinings.map((value) => ({ value, label: joiningNames[value]() }))}
        defaultValue={settings.joining}
        allowDeselect={false}
      />
      <Select
        name="directory"
        label={m.hub_page_directory()}
        description={m.hub_page_directory_hint()}
        data={directories.map((value) => ({ value, label: directoryNames[value]() }))}
        defaultValue={settings.directory}
        allowDeselect={false}
      />
      <Textarea
        name="about"
        label={m.hub_page_about()}
        description={m.hub_page_about_hint()}
        defaultValue={settings.about}
        maxLength={2000}
        autosize
        minRows={2}
        error={useFieldError("about")}
      />
      <Textarea
        name="rules"
        label={m.hub_page_rules()}
        description={m.hub_page_rules_hint()}
        defaultValue={settings.rules}
        maxLength={10_000}
        autosize
        minRows={4}
        maxRows={16}
        error={useFieldError("rules")}
      />
      <Checkbox
        name="showsLinks"
        value="yes"
        label={m.hub_page_links()}
        description={m.hub_page_links_hint()}
        defaultChecked={settings.showsLinks}
      />
    </>
  );
}

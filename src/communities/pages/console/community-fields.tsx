import { Select, TextInput } from "@mantine/core";
import { m } from "#words";
import { currentLocale } from "#words/runtime";
import { useFieldError } from "#src/web/kit/action-form.tsx";
import { TimeZoneSelect } from "#src/web/kit/time-zone-select.tsx";
import { useFirstFocus } from "#src/web/kit/use-first-focus.ts";
import type { Community } from "../../model.ts";

const languages = [
  { value: "en", label: "English" },
  { value: "ru", label: "Русский" },
];

/** What a community is asked at its beginning and later: name, language, clock. */
export function CommunityFields({ community }: { community?: Pick<Community, "name" | "language" | "timeZone"> }) {
  // Whoever makes a community types its name at once; whoever opens its settings may want anything.
  const firstFocus = useFirstFocus();
  return (
    <>
      <TextInput
        name="name"
        label={m.communities_page_name()}
        placeholder={m.communities_page_name_example()}
        defaultValue={community?.name}
        maxLength={100}
        required
        withAsterisk={false}
        error={useFieldError("name")}
        ref={community === undefined ? firstFocus : undefined}
      />
      <Select
        name="language"
        label={m.communities_page_language()}
        description={m.communities_page_language_hint()}
        data={languages}
        defaultValue={community?.language ?? currentLocale()}
        allowDeselect={false}
      />
      <TimeZoneSelect
        name="timeZone"
        label={m.communities_page_time_zone()}
        description={m.communities_page_time_zone_hint()}
        value={community?.timeZone}
        error={useFieldError("timeZone")}
      />
    </>
  );
}

/** The short name of a community in addresses, which may be left to the machine. */
export function SlugField() {
  return (
    <TextInput
      name="slug"
      label={m.communities_page_slug()}
      description={m.communities_page_slug_hint()}
      maxLength={63}
      pattern="[a-z0-9]+(-[a-z0-9]+)*"
      title={m.communities_page_slug_form()}
      autoCapitalize="none"
      error={useFieldError("slug")}
    />
  );
}

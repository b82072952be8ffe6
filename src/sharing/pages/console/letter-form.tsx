import { Checkbox, Group, Select, Textarea } from "@mantine/core";
import { useState } from "react";
import { m } from "#words";
import { useFieldError } from "#src/web/kit/action-form.tsx";
import { FormModal } from "#src/web/kit/form-modal.tsx";
import { weekdayNames } from "#src/web/kit/format.ts";
import { useReader } from "#src/web/kit/reader.ts";
import { TimeZoneSelect } from "#src/web/kit/time-zone-select.tsx";
import type { Rhythm } from "../../model.ts";
import { hourText } from "./rhythm-text.ts";
import type { ShownLetter } from "./sharing.tsx";
import { SpacesField } from "./spaces-field.tsx";

/** Monday at nine: the week before is whole, and the week has just begun. */
const USUAL = { every: "week", day: 0, hour: 9 } as const;

/** Arranges a letter, or changes one. */
export function LetterForm({ letter, onClose }: { letter: ShownLetter | undefined; onClose: () => void }) {
  const title = letter === undefined ? m.sharing_page_letter_new() : m.sharing_page_letter_change();
  return (
    <FormModal
      title={title}
      sends={{ deed: "letter", letter: letter?.id }}
      submit={letter === undefined ? m.sharing_page_letter_new() : m.sharing_page_letter_save()}
      onClose={onClose}
    >
      <WhenFields rhythm={letter ?? USUAL} />
      <WhatFields letter={letter} />
    </FormModal>
  );
}

function WhenFields({ rhythm }: { rhythm: Omit<Rhythm, "timeZone"> & { timeZone?: string } }) {
  const reader = useReader();
  const [every, setEvery] = useState<Rhythm["every"]>(rhythm.every);
  const days =
    every === "week"
      ? weekdayNames(reader, "long").map((label, day) => ({ value: String(day), label }))
      : Array.from({ length: 28 }, (_, place) => ({ value: String(place + 1), label: String(place + 1) }));
  const first = every === rhythm.every ? rhythm.day : every === "week" ? USUAL.day : 1;
  const hours = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: hourText(hour) }));
  return (
    <>
      <Select
        name="every"
        label={m.sharing_page_every()}
        data={[
          { value: "week", label: m.sharing_page_every_week() },
          { value: "month", label: m.sharing_page_every_month() },
        ]}
        value={every}
        onChange={(next) => setEvery(next === "month" ? "month" : "week")}
        allowDeselect={false}
        data-autofocus
      />
      <Group grow gap="sm" align="flex-start">
        <Select
          key={every}
          name="day"
          label={every === "week" ? m.sharing_page_weekday() : m.sharing_page_month_day()}
          data={days}
          defaultValue={String(first)}
          allowDeselect={false}
          error={useFieldError("day")}
        />
        <Select
          name="hour"
          label={m.sharing_page_hour()}
          data={hours}
          defaultValue={String(rhythm.hour)}
          allowDeselect={false}
        />
      </Group>
      <TimeZoneSelect name="timeZone" label={m.sharing_page_zone()} value={rhythm.timeZone} />
    </>
  );
}

function WhatFields({ letter }: { letter: ShownLetter | undefined }) {
  const { locale } = useReader();
  return (
    <>
      <Textarea
        name="readers"
        label={m.sharing_page_readers()}
        description={m.sharing_page_readers_hint()}
        defaultValue={letter?.readers.map(({ email }) => email).join("\n")}
        autosize
        minRows={2}
        maxRows={8}
        required
        withAsterisk={false}
        error={useFieldError("readers")}
      />
      <SpacesField chosen={letter?.spaces ?? []} />
      <Select
        name="language"
        label={m.sharing_page_language()}
        data={[
          { value: "en", label: m.sharing_page_language_en() },
          { value: "ru", label: m.sharing_page_language_ru() },
        ]}
        defaultValue={letter?.language ?? locale}
        allowDeselect={false}
      />
      <Checkbox name="names" label={m.sharing_page_letter_names()} defaultChecked={letter?.names ?? false} />
    </>
  );
}

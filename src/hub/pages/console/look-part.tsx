import { Checkbox, ColorInput, Text } from "@mantine/core";
import { useState } from "react";
import { useFetcher } from "react-router";
import { m } from "#words";
import { ActionForm, SubmitButton, useFieldError } from "#src/web/kit/action-form.tsx";
import { SectionHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { showDone, showUndo } from "#src/web/kit/toast.tsx";
import { type BrandColours, fateOf, type HubLook, lookOf } from "../../theme/model.ts";
import { LookPreview } from "./look-preview.tsx";

/** The brand's colours as they are kept. */
interface Chosen {
  readonly brand: string | null;
  readonly second: string | null;
}

/** Where the choice begins: the hub's own accent and bell. */
const FIRST = "#2457a6";
const FIRST_SECOND = "#8a5521";
const COLOUR = /^#[0-9a-f]{6}$/;

const fates = {
  light: { kept: m.hub_look_light_kept, links: m.hub_look_light_links, both: m.hub_look_light_both },
  dark: { kept: m.hub_look_dark_kept, links: m.hub_look_dark_links, both: m.hub_look_dark_both },
} as const;

function wasBefore(answer: unknown): Chosen | undefined {
  if (typeof answer !== "object" || answer === null || !("before" in answer)) return undefined;
  // Our own procedure answered, and its answer has been checked against its schema there.
  return answer.before as Chosen;
}

/** The brand's colours on the hub: chosen, seen at once, and taken back with one press. */
export function LookPart({ look }: { look: Chosen }) {
  const back = useFetcher();
  const done = (answer: unknown): void => {
    const before = wasBefore(answer);
    if (before === undefined) return showDone(m.hub_look_saved());
    const fields = { deed: "look", brand: before.brand ?? "", second: before.second ?? "" };
    showUndo(m.hub_look_saved(), () => void back.submit(fields, { method: "post" }));
  };
  return (
    <Part>
      <SectionHeader title={m.hub_look_title()} />
      <Text c="dimmed" mb="md" maw="72ch">
        {m.hub_look_lead()}
      </Text>
      <ActionForm onDone={done}>
        <input type="hidden" name="deed" value="look" />
        <Choice key={`${look.brand} ${look.second}`} look={look} />
        <SubmitButton>{m.hub_page_save()}</SubmitButton>
      </ActionForm>
    </Part>
  );
}

function Choice({ look }: { look: Chosen }) {
  const [isBrand, setBrandOn] = useState(look.brand !== null);
  const [isSecond, setSecondOn] = useState(look.second !== null);
  const [brand, setBrand] = useState(look.brand ?? FIRST);
  const [second, setSecond] = useState(look.second ?? FIRST_SECOND);
  const shown = shownBy({ brand: isBrand ? brand : null, second: isSecond ? second : null });
  return (
    <>
      <Checkbox
        label={m.hub_look_own()}
        checked={isBrand}
        onChange={({ currentTarget }) => setBrandOn(currentTarget.checked)}
      />
      {isBrand && (
        <>
          <Colour name="brand" label={m.hub_look_brand()} hint={m.hub_look_brand_hint()} value={brand} set={setBrand} />
          <Checkbox
            label={m.hub_look_second_own()}
            checked={isSecond}
            onChange={({ currentTarget }) => setSecondOn(currentTarget.checked)}
          />
        </>
      )}
      {isBrand && isSecond && (
        <Colour
          name="second"
          label={m.hub_look_second()}
          hint={m.hub_look_second_hint()}
          value={second}
          set={setSecond}
        />
      )}
      {isBrand && COLOUR.test(brand) && <Fate brand={brand} look={shown} />}
      <LookPreview look={shown} />
    </>
  );
}

function shownBy({ brand, second }: Chosen): HubLook {
  if (brand === null || !COLOUR.test(brand)) return lookOf(undefined);
  const colours: BrandColours = { brand, second: second !== null && COLOUR.test(second) ? second : null };
  return lookOf(colours);
}

function Colour(props: { name: string; label: string; hint: string; value: string; set: (value: string) => void }) {
  const { name, label, hint, value, set } = props;
  const refused = useFieldError(name);
  const isColour = COLOUR.test(value);
  return (
    <ColorInput
      name={name}
      label={label}
      description={hint}
      value={value}
      onChange={(typed) => set(typed.toLowerCase())}
      format="hex"
      maw={280}
      required
      withAsterisk={false}
      error={isColour ? refused : m.hub_look_not_a_colour()}
    />
  );
}

function Fate({ brand, look }: { brand: string; look: HubLook }) {
  return (
    <div role="status">
      <Text size="sm">{fates.light[fateOf(brand, look.light)]()}</Text>
      <Text size="sm">{fates.dark[fateOf(brand, look.dark)]()}</Text>
    </div>
  );
}

import { Alert, Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { m } from "#words";
import { ActionForm, SubmitButton } from "#src/web/kit/action-form.tsx";
import { FileDrop } from "#src/web/kit/file-drop.tsx";
import { SectionHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { showDone, showUndo } from "#src/web/kit/toast.tsx";
import { asPng } from "../../script/as-png.ts";
import { LOGO_BYTES, lookOf } from "../../theme/model.ts";
import { usePerform } from "./perform.ts";
import classes from "./look-preview.module.css";

/** The logo as it stands: a PNG in base64. */
interface Logo {
  readonly picture: string;
}

/** The brand's colours as they are kept. */
interface Colours {
  readonly brand: string | null;
  readonly second: string | null;
}

/** A file that was chosen and not yet saved: its bytes in base64, and an address under which it can be shown. */
interface Chosen {
  readonly name: string;
  readonly picture: string;
  readonly address: string;
}

/** How high it stands on pages of the hub, in pixels. */
const HIGH = 32;
const WIDE = 128;
/** A WebP is sent as a PNG. */
const ACCEPTED = ".png,.jpg,.jpeg,.gif,.webp";

async function read(file: File): Promise<Chosen> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const signs = Array.from(bytes, (byte) => String.fromCodePoint(byte)).join("");
  return { name: file.name, picture: btoa(signs), address: URL.createObjectURL(file) };
}

interface LogoProps {
  readonly logo: Logo | null;
  /** The one that can be brought back. */
  readonly before: Logo | null;
  readonly look: Colours;
}

/** The community's logo: chosen, seen on both backgrounds before it is saved, and taken away. */
export function LogoPart({ logo, before, look }: LogoProps) {
  const [chosen, setChosen] = useState<Chosen>();
  const [isTooLarge, setTooLarge] = useState(false);
  const { perform, isBusy } = usePerform(({ deed }, next) => {
    if (deed === "drop-logo") showUndo(m.hub_logo_removed(), () => next({ deed: "restore-logo" }));
    else showDone(m.hub_logo_restored());
  });
  const most = LOGO_BYTES / 1024;
  const choose = (next: Chosen | undefined): void => {
    if (chosen !== undefined) URL.revokeObjectURL(chosen.address);
    setChosen(next);
  };
  const take = async (chosenFile: File): Promise<void> => {
    const file = await asPng(chosenFile);
    setTooLarge(file.size > LOGO_BYTES);
    if (file.size <= LOGO_BYTES) choose(await read(file));
  };
  const done = (): void => {
    choose(undefined);
    showDone(m.hub_logo_saved());
  };
  const standing = logo === null ? undefined : `data:image/png;base64,${logo.picture}`;
  const shown = chosen?.address ?? standing;
  return (
    <Part>
      <SectionHeader title={m.hub_logo_title()} />
      <Text c="dimmed" mb="md" maw="72ch">
        {m.hub_logo_lead()}
      </Text>
      {shown !== undefined && <Preview address={shown} look={look} />}
      {isTooLarge && (
        <Alert color="danger" variant="light" role="alert" my="md">
          {m.refusal_hub_logo_too_large({ most })}
        </Alert>
      )}
      {chosen === undefined ? (
        <>
          <FileDrop
            title={logo === null ? m.hub_logo_drop() : m.hub_logo_drop_other()}
            text={m.hub_logo_hint({ most })}
            accept={ACCEPTED}
            onFile={(file) => void take(file)}
          />
          <Group gap="xs" mt="md">
            {logo !== null && (
              <Button variant="default" loading={isBusy} onClick={() => perform({ deed: "drop-logo" })}>
                {m.hub_logo_remove()}
              </Button>
            )}
            {before !== null && (
              <BringBack before={before} isBusy={isBusy} onPress={() => perform({ deed: "restore-logo" })} />
            )}
          </Group>
        </>
      ) : (
        <Save key={chosen.address} chosen={chosen} onDone={done} onCancel={() => choose(undefined)} />
      )}
    </Part>
  );
}

function Save(props: { chosen: Chosen; onDone: () => void; onCancel: () => void }) {
  const { chosen, onDone, onCancel } = props;
  return (
    <ActionForm onDone={onDone}>
      <input type="hidden" name="deed" value="logo" />
      <input type="hidden" name="name" value={chosen.name} />
      <input type="hidden" name="picture" value={chosen.picture} />
      <Group gap="xs" mt="md">
        <SubmitButton>{m.hub_logo_save()}</SubmitButton>
        <Button variant="default" onClick={onCancel}>
          {m.web_cancel()}
        </Button>
      </Group>
    </ActionForm>
  );
}

/** The logo that stood before, for a month. */
function BringBack({ before, isBusy, onPress }: { before: Logo; isBusy: boolean; onPress: () => void }) {
  return (
    <Button
      variant="default"
      loading={isBusy}
      onClick={onPress}
      leftSection={
        <img src={`data:image/png;base64,${before.picture}`} alt="" style={{ maxHeight: 20, maxWidth: 60 }} />
      }
    >
      {m.hub_logo_restore()}
    </Button>
  );
}

function Preview({ address, look: { brand, second } }: { address: string; look: Colours }) {
  const { light, dark } = lookOf(brand === null ? undefined : { brand, second });
  const pages = [
    { title: m.hub_look_in_light(), colours: light },
    { title: m.hub_look_in_dark(), colours: dark },
  ];
  return (
    <div className={classes["both"]} style={{ marginBottom: 16 }} role="group" aria-label={m.hub_look_preview()}>
      {pages.map(({ title, colours: { card, ink, line } }) => (
        <figure key={title} className={classes["page"]} style={{ background: card, color: ink, borderColor: line }}>
          <figcaption className={classes["top"]} style={{ borderColor: line }}>
            <img src={address} alt="" style={{ maxHeight: HIGH, maxWidth: WIDE }} />
            <b>{title}</b>
          </figcaption>
        </figure>
      ))}
    </div>
  );
}

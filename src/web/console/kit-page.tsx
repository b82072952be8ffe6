import { Button, Stack, TextInput } from "@mantine/core";
import { IconFileUpload } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { CopyButton } from "../kit/copy-button.tsx";
import { Confirm } from "../kit/confirm.tsx";
import { FileDrop } from "../kit/file-drop.tsx";
import { Initial } from "../kit/initial.tsx";
import { LanguageSwitch } from "../kit/language-switch.tsx";
import { Mark } from "../kit/mark.tsx";
import { PageHeader } from "../kit/page-header.tsx";
import { PlatformDot } from "../kit/platform-dot.tsx";
import { ProgressPanel } from "../kit/progress-panel.tsx";
import { ChartSkeleton, TableSkeleton, TilesSkeleton } from "../kit/skeletons.tsx";
import { EmptyState, FailedState, StaleNote } from "../kit/states.tsx";
import { Tag } from "../kit/tag.tsx";
import { ThemeSwitch } from "../kit/theme-switch.tsx";
import { showDone, showFailure, showUndo } from "../kit/toast.tsx";
import { KitCharts } from "./kit-charts.tsx";
import { KitList } from "./kit-list.tsx";

const NOW = 1_795_330_800_000;

/** Every part of the kit under glass, for those who build the interface: development only, so its sentences are not translated. */
export default function KitPage() {
  return (
    <main style={{ maxWidth: 1180, margin: "0 auto", padding: "24px 40px 96px" }}>
      <PageHeader
        title="Parts of the console"
        lead="Every part in its ordinary, empty and overfull state. Switch the language and the theme at the right and look again."
        action={
          <>
            <LanguageSwitch />
            <ThemeSwitch />
            <Button>Main action</Button>
          </>
        }
      />
      <KitCharts />
      <KitList />
      <States />
      <Loading />
      <Work />
      <Fields />
      <Small />
    </main>
  );
}

function States() {
  return (
    <Glass name="States">
      <EmptyState
        icon={<IconFileUpload size={24} stroke={1.6} aria-hidden />}
        title="No history yet"
        text="Drop in the export of a chat, and a few seconds later you will see what kind of community it is."
        action={<Button>Import history</Button>}
      />
      <FailedState number="01a2b3" onRetry={() => undefined} />
      <StaleNote at={NOW - 7_200_000} now={NOW} onRefresh={() => undefined} />
    </Glass>
  );
}

function Loading() {
  return (
    <Glass name="Loading">
      <TilesSkeleton />
      <ChartSkeleton />
      <TableSkeleton rows={3} />
    </Glass>
  );
}

function Work() {
  return (
    <Glass name="Work">
      <FileDrop
        title="Drop the export here"
        text="result.json of Telegram Desktop, JSONL or CSV, also packed."
        onFile={() => undefined}
      />
      <ProgressPanel
        title="chat_fcc_gitter.jsonl"
        share={0.42}
        detail="412,000 messages stored"
        remainingMs={93_000}
        onCancel={() => undefined}
      />
      <ProgressPanel title="Reading" share={undefined} />
    </Glass>
  );
}

function Fields() {
  return (
    <Glass name="Fields and answers">
      <TextInput label="Name of the community" description="Members will see it" placeholder="Camp" />
      <TextInput label="E-mail" error="This is not an e-mail address" defaultValue="anna@" />
      <div style={{ display: "flex", gap: 8, flexWrap: "wrap" }}>
        <Button onClick={() => showDone("Saved")}>Save</Button>
        <Button variant="default" onClick={() => showUndo("The note is removed", () => undefined)}>
          Remove note
        </Button>
        <Button variant="default" onClick={() => showFailure("The platform did not answer")}>
          Fail
        </Button>
        <Confirm
          title="Delete the community?"
          text="Everything in it goes too, and this cannot be undone."
          confirm="Delete"
          danger
          onConfirm={() => undefined}
        >
          {(ask) => (
            <Button color="danger" onClick={ask}>
              Delete…
            </Button>
          )}
        </Confirm>
        <CopyButton text="veche" />
      </div>
    </Glass>
  );
}

function Small() {
  return (
    <Glass name="Small things">
      <div style={{ display: "flex", gap: 12, alignItems: "center", flexWrap: "wrap" }}>
        <Mark size={16} />
        <Mark />
        <Mark size={48} />
        {["telegram", "discord", "slack", "vk", "reddit", "facebook", "max", "hub", "csv"].map((platform) => (
          <PlatformDot key={platform} platform={platform} />
        ))}
        <Initial name="Анна" />
        <Initial name="@bob" />
        <Tag>Team</Tag>
        <Tag tone="good">Done</Tag>
        <Tag tone="warning">Waits</Tag>
        <Tag tone="bad">Failed</Tag>
        <Tag tone="accent">New</Tag>
      </div>
    </Glass>
  );
}

function Glass({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section style={{ marginTop: 48 }}>
      <h2 style={{ margin: "0 0 16px", fontSize: 20, lineHeight: "28px" }}>{name}</h2>
      <Stack gap="lg">{children}</Stack>
    </section>
  );
}

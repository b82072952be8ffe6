import { Tabs } from "@mantine/core";
import {
  IconBrandDiscord,
  IconBrandSlack,
  IconBrandTelegram,
  IconBrandWhatsapp,
  IconChartLine,
  IconFileText,
  IconMessages,
  IconTable,
} from "@tabler/icons-react";
import { m } from "#words";
import classes from "./export-steps.module.css";
import { fieldWord, ownFields } from "./words-of.ts";

const icon = { size: 18, stroke: 1.6, "aria-hidden": true } as const;

type Sentence = () => string;

/** How people get an export out of a platform. */
const guides = [
  {
    value: "telegram",
    name: "Telegram",
    sign: IconBrandTelegram,
    steps: [
      m.imports_page_telegram_open,
      m.imports_page_telegram_menu,
      m.imports_page_telegram_media,
      m.imports_page_telegram_format,
      m.imports_page_telegram_export,
      m.imports_page_telegram_bring,
    ],
    notes: [m.imports_page_telegram_all, m.imports_page_telegram_wait],
  },
  {
    value: "discord",
    name: "Discord",
    sign: IconBrandDiscord,
    steps: [m.imports_page_discord_bot, m.imports_page_discord_run, m.imports_page_discord_bring],
    notes: [m.imports_page_discord_tool],
  },
  {
    value: "slack",
    name: "Slack",
    sign: IconBrandSlack,
    steps: [m.imports_page_slack_open, m.imports_page_slack_range, m.imports_page_slack_bring],
    notes: [],
  },
  {
    value: "whatsapp",
    name: "WhatsApp",
    sign: IconBrandWhatsapp,
    steps: [m.imports_page_whatsapp_open, m.imports_page_whatsapp_media, m.imports_page_whatsapp_bring],
    notes: [m.imports_page_whatsapp_note],
  },
  {
    value: "discourse",
    name: "Discourse",
    sign: IconMessages,
    steps: [m.imports_page_discourse_topics, m.imports_page_discourse_categories, m.imports_page_discourse_bring],
    notes: [m.imports_page_discourse_archive],
  },
] as const;

/** Where a file of history comes from, step by step, for each format that is understood. */
export function ExportSteps() {
  return (
    <section className={classes["steps"]} aria-labelledby="export-steps">
      <h2 id="export-steps" className={classes["title"]}>
        {m.imports_page_steps_title()}
      </h2>
      <Tabs defaultValue="telegram" variant="outline">
        <Tabs.List>
          {guides.map(({ value, name, sign: Sign }) => (
            <Tabs.Tab key={value} value={value} leftSection={<Sign {...icon} />}>
              {name}
            </Tabs.Tab>
          ))}
          <Tabs.Tab value="jsonl" leftSection={<IconFileText {...icon} />}>
            JSONL
          </Tabs.Tab>
          <Tabs.Tab value="csv" leftSection={<IconTable {...icon} />}>
            CSV
          </Tabs.Tab>
          <Tabs.Tab value="numbers" leftSection={<IconChartLine {...icon} />}>
            {m.imports_format_daily_numbers()}
          </Tabs.Tab>
        </Tabs.List>
        {guides.map(({ value, steps, notes }) => (
          <Tabs.Panel key={value} value={value}>
            <Guide steps={steps} notes={notes} />
          </Tabs.Panel>
        ))}
        <Tabs.Panel value="jsonl">
          <p>{m.imports_page_jsonl_text()}</p>
          <pre className={classes["sample"]} aria-label={m.imports_page_sample_of({ format: "JSONL" })}>
            {jsonlSample}
          </pre>
          <FieldList />
        </Tabs.Panel>
        <Tabs.Panel value="csv">
          <p>{m.imports_page_csv_text()}</p>
          <pre className={classes["sample"]} aria-label={m.imports_page_sample_of({ format: "CSV" })}>
            {csvSample}
          </pre>
          <FieldList />
        </Tabs.Panel>
        <Tabs.Panel value="numbers">
          <p>{m.imports_page_numbers_text()}</p>
          <pre
            className={classes["sample"]}
            aria-label={m.imports_page_sample_of({ format: m.imports_format_daily_numbers() })}
          >
            {numbersSample}
          </pre>
        </Tabs.Panel>
      </Tabs>
    </section>
  );
}

function Guide({ steps, notes }: { steps: readonly Sentence[]; notes: readonly Sentence[] }) {
  return (
    <>
      <ol className={classes["list"]}>
        {steps.map((step) => (
          <li key={step()}>{marked(step())}</li>
        ))}
      </ol>
      {notes.map((note) => (
        <p key={note()} className={classes["note"]}>
          {marked(note())}
        </p>
      ))}
    </>
  );
}

function FieldList() {
  return (
    <>
      <dl className={classes["fields"]}>
        {ownFields.map((field) => (
          <div key={field}>
            <dt>
              <code>{field}</code>
            </dt>
            <dd>{fieldWord(field).what}</dd>
          </div>
        ))}
      </dl>
      <p className={classes["note"]}>{m.imports_page_fields_other()}</p>
    </>
  );
}

/** Names of menus and files stand between asterisks in the sentence and are set bold. */
function marked(sentence: string) {
  return sentence.split("*").map((part, place) => (place % 2 === 1 ? <b key={part}>{part}</b> : part));
}

const jsonlSample = `{"sentAt":"2026-03-01T18:20:05Z","authorId":"17","authorName":"Vera","text":"Hello!","space":"General"}
{"sentAt":"2026-03-01T18:21:40Z","authorId":"4","authorName":"Oleg","text":"Welcome, Vera","space":"General"}`;

const numbersSample = `date,space,members,reach,views
2026-03-01,,1204,,
2026-03-01,News,,830,2411`;

const csvSample = `sentAt,authorId,authorName,text,space
2026-03-01T18:20:05Z,17,Vera,Hello!,General
2026-03-01T18:21:40Z,4,Oleg,"Welcome, Vera",General`;

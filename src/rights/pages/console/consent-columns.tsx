import { Button } from "@mantine/core";
import { Link, useFetcher } from "react-router";
import { m } from "#words";
import { Confirm } from "#src/web/kit/confirm.tsx";
import { formatDateShort, type Reader } from "#src/web/kit/format.ts";
import type { Column } from "#src/web/kit/list-table.tsx";
import { Tag } from "#src/web/kit/tag.tsx";
import type { Consent } from "../../model.ts";

interface Shown {
  readonly community: string;
  /** Whether whose consent it is has to be told. */
  readonly withMember: boolean;
  readonly mayChange: boolean;
}

/** The columns of a list of consents. */
export function consentColumns(reader: Reader, { community, withMember, mayChange }: Shown): Column<Consent>[] {
  const date = (at: string) => formatDateShort(Date.parse(at), reader);
  const member: Column<Consent> = {
    key: "member",
    title: m.rights_consent_member(),
    cell: (row) => (
      <Link to={`/console/${community}/rights/person/${row.memberId}`}>
        <bdi>{row.memberName || m.rights_person_nameless()}</bdi>
      </Link>
    ),
  };
  return [
    ...(withMember ? [member] : []),
    { key: "purpose", title: m.rights_text_purpose(), cell: (row) => `${row.purpose} · ${row.version}` },
    { key: "given", title: m.rights_consent_given(), wide: true, short: true, cell: (row) => date(row.givenAt) },
    { key: "place", title: m.rights_consent_place(), wide: true, cell: (row) => row.place },
    {
      key: "state",
      title: m.rights_state(),
      align: "right",
      cell: (row) =>
        row.withdrawnAt === null ? (
          <Standing consent={row} community={community} mayChange={mayChange} />
        ) : (
          <Tag>{m.rights_consent_withdrawn({ date: date(row.withdrawnAt) })}</Tag>
        ),
    },
  ];
}

function Standing(props: { consent: Consent; community: string; mayChange: boolean }) {
  const fetcher = useFetcher();
  if (!props.mayChange) return <Tag tone="good">{m.rights_consent_stands()}</Tag>;
  const action = `/console/${props.community}/rights/consents`;
  return (
    <Confirm
      title={m.rights_consent_withdraw_title()}
      text={m.rights_consent_withdraw_text()}
      confirm={m.rights_consent_withdraw()}
      onConfirm={() => void fetcher.submit({ withdraw: props.consent.id }, { method: "post", action })}
    >
      {(ask) => (
        <Button variant="default" size="compact-sm" loading={fetcher.state !== "idle"} onClick={ask}>
          {m.rights_consent_withdraw()}
        </Button>
      )}
    </Confirm>
  );
}

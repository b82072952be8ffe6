import type { ComboboxItem } from "@mantine/core";
import { useEffect } from "react";
import { useFetcher, useParams } from "react-router";

const TYPING_PAUSE_MS = 250;

interface Found {
  readonly id: string;
  readonly name: string;
  readonly detail: string;
}

/**
 * The members of this page's community whose names begin like the words typed, asked for after a pause in typing; undefined
 * as long as nothing was asked or answered. The server has searched: a field that shows them must not sift them again.
 */
export function useFoundMembers(typed: string): readonly ComboboxItem[] | undefined {
  const { community = "" } = useParams();
  const { load, data } = useFetcher<{ members: Found[] }>();
  const wanted = typed.trim();
  useEffect(() => {
    if (wanted === "") return undefined;
    const ask = () => void load(`/console/${community}/find?search=${encodeURIComponent(wanted)}`);
    const timer = setTimeout(ask, TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [wanted, community, load]);
  return data?.members.map(({ id, name, detail }) => ({
    value: id,
    label: name === detail ? name : `${name} · ${detail}`,
  }));
}

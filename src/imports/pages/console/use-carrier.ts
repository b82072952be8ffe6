import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useNavigate } from "react-router";
import { m } from "#words";
import { bringFile, UploadFault, type UploadProgress } from "./upload.ts";

/** A file on its way to the server. */
export interface Carrying extends UploadProgress {
  kind: "carrying";
  name: string;
}

type CarrierState =
  | { kind: "resting" }
  | { kind: "arrived"; name: string }
  | { kind: "failed"; message: string }
  | Carrying;

/** A file that did not arrive whole the last time, as this browser remembers it. */
interface Unfinished {
  name: string;
  /** From 0 to 100. */
  percent: number;
}

const MEMORY_KEY = "veche_upload";

/** Carries one file to the server, tells how far it is, and opens the page that shows what is in it. `limit` is the largest that is taken. */
export function useCarrier(community: string, limit: number) {
  const navigate = useNavigate();
  const [state, setState] = useState<CarrierState>({ kind: "resting" });
  const memory = useSyncExternalStore(
    unchanging,
    () => localStorage.getItem(MEMORY_KEY),
    () => null,
  );
  const unfinished = useMemo(() => remembered(memory), [memory]);
  const journey = useRef<AbortController>(undefined);
  useEffect(() => () => journey.current?.abort(), []);
  useWarning(state.kind === "carrying");

  async function bring(file: File): Promise<void> {
    const refusal = refusalOf(file, limit);
    if (refusal !== undefined) return setState({ kind: "failed", message: refusal });
    const controller = new AbortController();
    journey.current = controller;
    const { name, size: bytes } = file;
    const onProgress = (progress: UploadProgress) => {
      remember({ name, percent: Math.floor((100 * progress.sent) / bytes) });
      setState({ kind: "carrying", name, ...progress });
    };
    onProgress({ sent: 0, bytes, remainingMs: undefined });
    try {
      const id = await bringFile({ community, file, signal: controller.signal, onProgress });
      remember(undefined);
      setState({ kind: "arrived", name });
      await navigate(id);
    } catch (error) {
      if (controller.signal.aborted) return setState({ kind: "resting" });
      setState({ kind: "failed", message: messageOf(error) });
    }
  }

  const cancel = () => {
    remember(undefined);
    journey.current?.abort();
  };
  return { state, unfinished, bring: (file: File) => void bring(file), cancel };
}

function refusalOf(file: File, limit: number): string | undefined {
  if (file.size === 0) return m.imports_page_upload_empty({ name: file.name });
  return file.size > limit ? m.imports_page_upload_too_large({ name: file.name }) : undefined;
}

function messageOf(error: unknown): string {
  const told = error instanceof UploadFault ? error.message : "";
  return told === "" ? m.imports_page_upload_broken() : told;
}

/** Has the browser ask before the page is closed. */
function useWarning(on: boolean): void {
  useEffect(() => {
    if (!on) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [on]);
}

function remember(upload: Unfinished | undefined): void {
  if (upload === undefined) localStorage.removeItem(MEMORY_KEY);
  else localStorage.setItem(MEMORY_KEY, JSON.stringify(upload));
}

/** Nobody but this page writes there while it stands. */
const unchanging = () => () => undefined;

function remembered(memory: string | null): Unfinished | undefined {
  try {
    const value: unknown = JSON.parse(memory ?? "null");
    if (typeof value !== "object" || value === null || !("name" in value) || !("percent" in value)) return undefined;
    const { name, percent } = value;
    return typeof name === "string" && typeof percent === "number" && percent > 0 ? { name, percent } : undefined;
  } catch {
    // Something else wrote there: as good as nothing.
    return undefined;
  }
}

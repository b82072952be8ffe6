import pg from "pg";

/** How soon a connection that broke is opened again, and how often that is tried. */
const RECONNECT_MS = 5_000;

/** What to listen to, and who hears it. */
export interface Listening {
  readonly url: string;
  readonly channel: string;
  /** Shown by the database beside the connection. */
  readonly name: string;
  /** Called for each notification, and when the connection is back: something may have been missed. */
  readonly heard: () => void;
}

/** Listens to a channel until the returned function is called; a connection that breaks is opened again. */
export async function listenTo({ url, channel, name, heard }: Listening): Promise<() => Promise<void>> {
  let client: pg.Client | undefined;
  let stopped = false;
  const connect = async (): Promise<void> => {
    const fresh = new pg.Client({ connectionString: url, application_name: name });
    fresh.on("notification", heard);
    fresh.on("error", () => undefined);
    fresh.on("end", () => again());
    await fresh.connect();
    await fresh.query(`listen ${channel}`);
    client = fresh;
  };
  const again = (): void => {
    if (!stopped) setTimeout(() => void connect().then(heard, () => undefined), RECONNECT_MS).unref();
  };
  await connect().catch((error: unknown) => {
    stopped = true;
    throw error;
  });
  return async () => {
    stopped = true;
    await client?.end().catch(() => undefined);
  };
}

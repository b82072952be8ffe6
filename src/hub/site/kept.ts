/** How much is kept in all, in bytes of packed pages; the longest unused go first. */
const MOST_BYTES = 32 * 1024 * 1024;

interface Kept {
  readonly version: string;
  readonly body: Buffer<ArrayBuffer>;
}

/**
 * Packed pages that guests were shown, each under its address, language and theme, and good for one version of what stands
 * on it: a page of another version is made anew, so that nobody is shown what was.
 */
export interface KeptPages {
  find(key: string, version: string): Buffer<ArrayBuffer> | undefined;
  keep(key: string, page: Kept): void;
}

/** Opens an empty shelf. */
export function openKeptPages(): KeptPages {
  const pages = new Map<string, Kept>();
  let bytes = 0;
  const drop = (key: string): void => {
    bytes -= pages.get(key)?.body.byteLength ?? 0;
    pages.delete(key);
  };
  return {
    find: (key, version) => {
      const page = pages.get(key);
      if (page === undefined || page.version !== version) return undefined;
      pages.delete(key);
      pages.set(key, page);
      return page.body;
    },
    keep: (key, page) => {
      drop(key);
      pages.set(key, page);
      bytes += page.body.byteLength;
      for (const oldest of pages.keys()) {
        if (bytes <= MOST_BYTES) return;
        drop(oldest);
      }
    },
  };
}

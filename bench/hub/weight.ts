import { gzipSync } from "node:zlib";
import { openLine, textOf } from "./load.ts";

async function packedSize(address: string): Promise<{ kilobytes: number; text: string }> {
  const { origin, pathname, search } = new URL(address);
  const line = openLine(origin, 1);
  try {
    const answer = await line.ask({ path: `${pathname}${search}` });
    if (answer.status >= 300 && answer.status < 400) return await packedSize(new URL(answer.location, address).href);
    const packed = answer.isPacked ? answer.body : gzipSync(answer.body);
    return { kilobytes: packed.byteLength / 1000, text: textOf(answer) };
  } finally {
    line.close();
  }
}

/** What a browser that knows nothing yet is sent for a page: HTML, style sheets and scripts, packed, in kilobytes of 1,000 bytes. */
export async function weigh(address: string): Promise<number> {
  const page = await packedSize(address);
  const parts = [...page.text.matchAll(/<link rel="stylesheet" href="([^"]+)"|<script[^>]* src="([^"]+)"/g)];
  const sizes = await Promise.all(
    parts.map(async ([, style, script]) => (await packedSize(new URL(style ?? script ?? "", address).href)).kilobytes),
  );
  return sizes.reduce((sum, size) => sum + size, page.kilobytes);
}

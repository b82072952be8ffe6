import type { IncomingBatch, IncomingMessage, IncomingMove, IncomingSpace } from "#src/platforms/model.ts";
import { type PackedMessages, Packer, unpacked } from "#src/platforms/packed.ts";
import type { ResumePoint } from "../formats/format.ts";
import type { DailyNumber, Harvest, Skip } from "../formats/harvest.ts";

/** What harvests put together bring besides messages. */
class Gathered {
  readonly spaces = new Map<string, IncomingSpace>();
  skipped: Skip[] = [];
  readonly passedOver = new Map<string, number>();
  readonly unknownFields = new Map<string, number>();
  moves: IncomingMove[] = [];
  readonly numbers: DailyNumber[] = [];
  repaired = 0;
  cutOff = false;
  resume: ResumePoint | undefined;
  /** How many bytes of the file on disk were read up to here. */
  readBytes = 0;
}

/** Harvests put together until they are worth a transaction. */
export class Batch extends Gathered {
  messages: IncomingMessage[] = [];

  incoming(): IncomingBatch {
    return { spaces: [...this.spaces.values()], messages: this.messages, moves: this.moves };
  }
}

/** A batch as it goes from the thread that reads to the one that stores. */
export interface Parcel {
  readonly around: Gathered;
  readonly messages: PackedMessages;
}

/** About as much as the messages of a batch take. */
const BATCH_BYTES = 1024 * 1024;

/** A batch while it is read. Messages are packed as they come: kept as they are they would outlive many collections of garbage. */
export class BatchDraft {
  readonly around = new Gathered();
  readonly packer = new Packer(BATCH_BYTES);

  add(harvest: Harvest, readBytes: number): void {
    const { around } = this;
    for (const [externalId, space] of harvest.spaces) around.spaces.set(externalId, space);
    for (const message of harvest.messages) this.packer.add(message);
    for (const move of harvest.moves) around.moves.push(move);
    for (const number of harvest.numbers) around.numbers.push(number);
    for (const skip of harvest.skipped) around.skipped.push(skip);
    addCounts(around.passedOver, harvest.passedOver);
    addCounts(around.unknownFields, harvest.unknownFields);
    around.repaired += harvest.repaired;
    around.cutOff ||= harvest.cutOff;
    around.resume = harvest.resume;
    around.readBytes = readBytes;
  }

  /** The draft is not to be used any more. */
  parcel(): Parcel {
    return { around: this.around, messages: this.packer.packed() };
  }
}

/** The batch that was packed. */
export function batchOf({ around, messages }: Parcel): Batch {
  const skipped = around.skipped.map(wholeSkip);
  return Object.assign(new Batch(), around, { skipped, messages: unpacked(messages) });
}

/** Between threads a Buffer becomes a mere list of bytes. */
function wholeSkip({ raw, ...skip }: Skip): Skip {
  return raw === undefined ? skip : { ...skip, raw: Buffer.from(raw) };
}

function addCounts(sum: Map<string, number>, more: ReadonlyMap<string, number>): void {
  for (const [key, count] of more) sum.set(key, (sum.get(key) ?? 0) + count);
}

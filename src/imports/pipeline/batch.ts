import type { IncomingBatch, IncomingMessage, IncomingMove, IncomingSpace } from "#src/platforms/model.ts";
import type { ResumePoint } from "../formats/format.ts";
import type { DailyNumber, Harvest, Skip } from "../formats/harvest.ts";

/** Harvests put together until they are worth a transaction. */
export class Batch {
  readonly spaces = new Map<string, IncomingSpace>();
  readonly skipped: Skip[] = [];
  readonly passedOver = new Map<string, number>();
  readonly unknownFields = new Map<string, number>();
  messages: IncomingMessage[] = [];
  /** How many people are named as givers of marks. */
  named = 0;
  moves: IncomingMove[] = [];
  readonly numbers: DailyNumber[] = [];
  repaired = 0;
  cutOff = false;
  resume: ResumePoint | undefined;
  /** How many bytes of the file on disk were read up to here. */
  readBytes = 0;

  add(harvest: Harvest, readBytes: number): void {
    for (const [externalId, space] of harvest.spaces) this.spaces.set(externalId, space);
    this.messages = this.messages.length === 0 ? harvest.messages : this.messages.concat(harvest.messages);
    for (const { reactions } of harvest.messages) for (const { by } of reactions) this.named += by?.length ?? 0;
    this.moves = this.moves.length === 0 ? harvest.moves : this.moves.concat(harvest.moves);
    for (const number of harvest.numbers) this.numbers.push(number);
    for (const skip of harvest.skipped) this.skipped.push(skip);
    addCounts(this.passedOver, harvest.passedOver);
    addCounts(this.unknownFields, harvest.unknownFields);
    this.repaired += harvest.repaired;
    this.cutOff ||= harvest.cutOff;
    this.resume = harvest.resume;
    this.readBytes = readBytes;
  }

  incoming(): IncomingBatch {
    return { spaces: [...this.spaces.values()], messages: this.messages, moves: this.moves };
  }
}

function addCounts(sum: Map<string, number>, more: ReadonlyMap<string, number>): void {
  for (const [key, count] of more) sum.set(key, (sum.get(key) ?? 0) + count);
}

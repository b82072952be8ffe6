import type { IncomingSpace } from "#src/platforms/model.ts";

const PAGE = 4096;

/**
 * Which topic of a forum each message stands in. Exports do not say it: a message answers the topic's first message, or
 * another message of the topic. Two bytes a message, so that a million of them fit.
 */
export class Topics {
  readonly #spaces: IncomingSpace[] = [];
  readonly #roots = new Map<number, number>();
  readonly #pages = new Map<number, Uint16Array>();
  readonly #chat: string;

  /** `chat` is the external id of the forum itself. */
  constructor(chat: string) {
    this.#chat = chat;
  }

  /** A chat without topics needs no remembering. */
  get none(): boolean {
    return this.#spaces.length === 0;
  }

  /** A topic was opened by this service message. In the Bot API the same number is the `message_thread_id`. */
  open(root: number, name: string): IncomingSpace {
    const space: IncomingSpace = {
      externalId: `${this.#chat}/${root}`,
      name,
      kind: "topic",
      parentExternalId: this.#chat,
    };
    this.#spaces.push(space);
    this.#roots.set(root, this.#spaces.length);
    this.#put(root, this.#spaces.length);
    return space;
  }

  /** Whether that is the message which opened a topic: to answer it is to speak in the topic, to nobody. */
  isRoot(id: number): boolean {
    return this.#roots.has(id);
  }

  /** Notes the topic of a message by what it answers, and gives it; undefined in the general part of the chat. */
  place(id: number, answered: number): IncomingSpace | undefined {
    const topic = this.#pages.get(Math.floor(answered / PAGE))?.[((answered % PAGE) + PAGE) % PAGE] ?? 0;
    if (topic === 0) return undefined;
    this.#put(id, topic);
    return this.#spaces[topic - 1];
  }

  #put(id: number, topic: number): void {
    const number = Math.floor(id / PAGE);
    const page = this.#pages.get(number) ?? new Uint16Array(PAGE);
    this.#pages.set(number, page);
    page[((id % PAGE) + PAGE) % PAGE] = topic;
  }
}

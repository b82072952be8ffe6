/** Words that members of a made-up community write, in two languages. */
const RUSSIAN =
  "палатка костёр маршрут рюкзак переправа стоянка погода карта компас верёвка котелок горелка спальник коврик тропа " +
  "перевал ледник озеро река берег лодка весло байдарка катамаран спуск подъём ночёвка продукты каша тушёнка чайник " +
  "фонарь батарея аптечка пластырь комары дождь ветер снег мороз жара привал группа новичок инструктор разрешение " +
  "заповедник билет поезд автобус попутка стоимость ремонт молния ботинки носки куртка мембрана термос сушка стирка " +
  "настроить проверить починить собрать выбрать купить продать взять одолжить нести ехать идти плыть ставить варить " +
  "тяжёлый лёгкий тёплый сухой мокрый крепкий надёжный дешёвый старый новый быстрый длинный короткий опасный";
const ENGLISH =
  "tent fire route backpack crossing campsite weather map compass rope kettle stove sleeping mattress trail pass glacier " +
  "lake river shore boat paddle kayak raft descent climb overnight supplies porridge stew teapot lantern battery bandage " +
  "mosquito rain wind snow frost heat rest group beginner guide permit reserve ticket train bus ride price repair zipper " +
  "boots socks jacket membrane thermos drying washing adjust check mend gather choose buy sell take borrow carry travel " +
  "walk swim pitch cook heavy light warm dry wet sturdy reliable cheap old new quick long short dangerous waterproof";

const russian = RUSSIAN.split(" ");
const english = ENGLISH.split(" ");

/** The next number from 0 up to 1 of a series that is always the same (mulberry32). */
export function series(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One of a list; the first ones are drawn more often, as people choose words. */
export function drawn<T>(from: readonly [T, ...T[]] | readonly T[], next: () => number): T {
  const found = from[Math.floor(next() ** 1.6 * from.length)];
  if (found === undefined) throw new Error("nothing to draw from");
  return found;
}

/**
 * Every second word is one of a hundred, the others are put together of two, rarely the same two: so that a word stands in
 * a tenth of all posts or in a few, as in what people write.
 */
function wordOf(roots: readonly string[], next: () => number): string {
  return next() < 0.5 ? drawn(roots, next) : `${drawn(roots, next)}${drawn(roots, next)}`;
}

function words(next: () => number, count: number): string {
  const roots = next() < 0.6 ? russian : english;
  return Array.from({ length: count }, () => wordOf(roots, next)).join(" ");
}

/** What somebody types into the field for searching: a word or two, in one language. */
export function searchOf(next: () => number): string {
  return words(next, next() < 0.5 ? 1 : 2);
}

/** A title of a topic: three to eight words. */
export function titleOf(next: () => number): string {
  return words(next, 3 + Math.floor(next() * 6));
}

/** A post as members type it: mostly a paragraph or two (about 350 characters), now and then a list, a quote or a link. */
export function postOf(next: () => number): string {
  const paragraphs = Array.from(
    { length: next() < 0.7 ? 1 : 2 },
    () => `${words(next, 12 + Math.floor(next() * 50))}.`,
  );
  const kind = next();
  if (kind < 0.1) paragraphs.push(`- ${words(next, 4)}\n- ${words(next, 5)}\n- **${words(next, 2)}**`);
  else if (kind < 0.2) paragraphs.unshift(`> ${words(next, 10)}`);
  else if (kind < 0.3) paragraphs.push(`[${words(next, 2)}](https://camp.example/${Math.floor(next() * 500)})`);
  return paragraphs.join("\n\n");
}

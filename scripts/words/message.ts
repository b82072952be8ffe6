/** One way to say a message: when every test in `when` holds, `text` is said. Texts name inputs as `{name}`. */
export interface Variant {
  when: Record<string, string>;
  text: string;
}

/** A message in one language, read from the inlang message format (a string, or declarations, selectors and matches). */
export interface Message {
  inputs: string[];
  /** Local name to the input whose plural form it is. */
  plurals: Record<string, string>;
  selectors: string[];
  variants: Variant[];
}

/** A piece of a text: words as they are, or the name of an input to write there. */
export type Piece = { words: string } | { input: string };

/** Splits a text into words and inputs. `\{` is a brace meant literally. */
export function piecesOf(text: string): Piece[] {
  return text
    .split(/(\\[{}\\]|\{\s*\w+\s*\})/)
    .filter((part) => part !== "")
    .map((part) => {
      if (part.startsWith("\\")) return { words: part.slice(1) };
      const input = /^\{\s*(\w+)\s*\}$/.exec(part)?.[1];
      return input === undefined ? { words: part } : { input };
    });
}

/** The names of inputs a text writes. */
export function inputsOf(text: string): string[] {
  return piecesOf(text).flatMap((piece) => ("input" in piece ? [piece.input] : []));
}

/** Reads one value of a words file; throws an error that says what is wrong with it. */
export function readMessage(value: unknown): Message {
  if (typeof value === "string") {
    return { inputs: unique(inputsOf(value)), plurals: {}, selectors: [], variants: [{ when: {}, text: value }] };
  }
  const body: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (!isRecord(body) || !isRecord(body["match"])) throw new Error("neither a text nor an object with `match`");
  const declared = readDeclarations(strings(body["declarations"]));
  const selectors = strings(body["selectors"]);
  const known = [...declared.inputs, ...Object.keys(declared.plurals)];
  const lost = selectors.find((selector) => !known.includes(selector));
  if (lost !== undefined) throw new Error(`selector "${lost}" is not declared`);
  const variants = Object.entries(body["match"]).map(([tests, text]) => {
    if (typeof text !== "string") throw new Error(`the text of "${tests}" is not a string`);
    return { when: readTests(tests, selectors), text };
  });
  const inputs = unique([...declared.inputs, ...variants.flatMap((variant) => inputsOf(variant.text))]);
  return { inputs, plurals: declared.plurals, selectors, variants };
}

function readDeclarations(lines: string[]): Pick<Message, "inputs" | "plurals"> {
  const inputs: string[] = [];
  const plurals: Record<string, string> = {};
  for (const line of lines) {
    const input = /^input (\w+)$/.exec(line)?.[1];
    const [, local, source] = /^local (\w+) = (\w+): plural$/.exec(line) ?? [];
    if (input !== undefined) inputs.push(input);
    else if (local !== undefined && source !== undefined) plurals[local] = source;
    else throw new Error(`"${line}" is neither "input x" nor "local y = x: plural"`);
  }
  return { inputs, plurals };
}

function readTests(tests: string, selectors: string[]): Record<string, string> {
  const when: Record<string, string> = {};
  for (const test of tests.split(",")) {
    const [, selector, value] = /^\s*(\w+)\s*=\s*([\w*-]+)\s*$/.exec(test) ?? [];
    if (selector === undefined || value === undefined) throw new Error(`"${test}" is not "selector=value"`);
    if (!selectors.includes(selector)) throw new Error(`"${selector}" is not among the selectors`);
    when[selector] = value;
  }
  return when;
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function unique(names: string[]): string[] {
  return [...new Set(names)];
}

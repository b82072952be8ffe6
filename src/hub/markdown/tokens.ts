import createMarkdown, { type Token } from "markdown-it";

/** Every token of the parser knows how to make another; the package exports the class as a type only. */
const MakeToken = new createMarkdown.StateCore("", createMarkdown(), {}).Token;

/** An opening (1), closing (-1) or single (0) part of a post. */
export function newToken(type: string, tag: string, nesting: Token["nesting"]): Token {
  return new MakeToken(type, tag, nesting);
}

/** Plain words. */
export function textToken(content: string): Token {
  const token = newToken("text", "", 0);
  token.content = content;
  return token;
}

/** Words that lead somewhere. */
export function linkTokens(attrs: Record<string, string>, words: string): Token[] {
  const open = newToken("link_open", "a", 1);
  open.attrs = Object.entries(attrs);
  return [open, textToken(words), newToken("link_close", "a", -1)];
}

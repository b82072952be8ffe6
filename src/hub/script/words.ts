/** A sentence with a number, marked `#`, by the plural category of the page's language. */
export type Counted = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;

/** What the server puts in front of the script: its sentences in the page's language, and the numbers it goes by. */
export interface HubFacts {
  readonly postsAPage: number;
  readonly words: {
    readonly newReplies: Counted;
    readonly newTopics: Counted;
    readonly newInTopics: Counted;
    readonly replyFrom: string;
    readonly gone: string;
    readonly closed: string;
    readonly sent: string;
    readonly notSent: string;
    readonly signIn: string;
    readonly draftKept: string;
    readonly draftDiscard: string;
    readonly toolbar: string;
    readonly bold: string;
    readonly italic: string;
    readonly quote: string;
    readonly code: string;
    readonly list: string;
    readonly link: string;
    readonly names: string;
    readonly namesFound: Counted;
  };
}

declare const HUB: HubFacts;

export const { words, postsAPage } = HUB;

const rules = new Intl.PluralRules(document.documentElement.lang);

/** The sentence for this many. */
export function counted(forms: Counted, count: number): string {
  return (forms[rules.select(count)] ?? forms.other ?? "").replace("#", String(count));
}

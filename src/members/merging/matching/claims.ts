/** An account that somebody says is theirs. */
export interface Claim {
  readonly platform: string;
  /** Without @, in lower case. */
  readonly handle: string;
}

/** How people call the platforms, in both languages and in passing. */
const PLATFORM_WORDS: Readonly<Record<string, string>> = {
  telegram: String.raw`telegram|tg|телеграм\p{L}*|телеге|телега|телегу|тг|тележк\p{L}+`,
  discord: String.raw`discord|дискорд\p{L}*|дс`,
  slack: String.raw`slack|слак\p{L}*`,
  vk: String.raw`vk|вк|вконтакте`,
  reddit: String.raw`reddit|реддит\p{L}*`,
  whatsapp: String.raw`whatsapp|ватсап\p{L}*|вотсап\p{L}*`,
  facebook: String.raw`facebook|fb|фейсбук\p{L}*`,
  max: String.raw`max messenger|мессенджер\p{L}* макс|максе`,
};

const HANDLE = String.raw`@?([a-z0-9][a-z0-9_.\-]{2,31})(?:#\d{4})?`;
const NAMED = String.raw`(?:\s+(?:nick(?:name)?|username|handle|account|ник|аккаунт|юзернейм))?`;
const IS = String.raw`\s*(?:is|это|—|–|-|:|=)?\s*`;

/** Ways to say that an account is one's own. The platform's words take the place of PLATFORM. */
const SAYINGS = [
  String.raw`(?<!\p{L})(?:my|мой|моя|моё)\s+(?:nick(?:name)?\s+(?:on|in)\s+|ник\s+в\s+)?(?:PLATFORM)${NAMED}${IS}${HANDLE}`,
  String.raw`(?<!\p{L})(?:i'?m|i am|it'?s me,?|я)\s+${HANDLE}\s+(?:on|in|в|на)\s+(?:PLATFORM)(?!\p{L})`,
  String.raw`(?<!\p{L})(?:on|in|в|на)\s+(?:PLATFORM)\s+(?:i'?m|i am|я|меня зовут)${IS}${HANDLE}`,
  String.raw`(?<!\p{L})(?:find|add|ping|reach|dm|message|write to)\s+me\s+(?:on|in|at|via)\s+(?:PLATFORM)(?:\s+(?:as|at))?${IS}${HANDLE}`,
  String.raw`(?<!\p{L})(?:пишите|пиши|стучите|стучись|добавляйте|добавляй|ищите)\s+(?:мне\s+|меня\s+|ко\s+мне\s+)?(?:в|на)\s+(?:PLATFORM)${IS}${HANDLE}`,
];

const patterns = Object.entries(PLATFORM_WORDS).flatMap(([platform, words]) =>
  SAYINGS.map((saying) => ({ platform, pattern: new RegExp(saying.replace("PLATFORM", words), "giu") })),
);

/** Words that follow such sayings without being anybody's account. */
const NO_HANDLES = new Set(["and", "the", "not", "too", "also", "but", "for", "was", "now", "com", "here", "link"]);

/** Texts that could hold such a saying, for PostgreSQL's `~*`: a cheap first look. */
export const CLAIM_HINT = String.raw`\m(my|mine|me|i'?m|i am|мой|моя|моё|мне|меня|я)\M.{0,40}(discord|telegram|\mtg\M|slack|reddit|дискорд|\mдс\M|телег|\mтг\M|слак|\mвк\M|\mvk\M|whatsapp|ватсап|facebook)|(discord|telegram|\mtg\M|дискорд|телег|\mтг\M|слак|slack|\mвк\M|\mvk\M).{0,20}\m(i'?m|i am|я|меня|мне)\M`;

/** The accounts that a text says are its author's own. Pure; reads the first 500 characters. */
export function claimsIn(text: string): Claim[] {
  const found = new Map<string, Claim>();
  for (const { platform, pattern } of patterns)
    for (const match of text.slice(0, 500).matchAll(pattern)) {
      const handle = (match[1] ?? "").toLowerCase().replace(/[.\-_]+$/, "");
      if (handle.length < 3 || NO_HANDLES.has(handle)) continue;
      found.set(`${platform} ${handle}`, { platform, handle });
    }
  return [...found.values()];
}

const PROFILES: readonly { platform: string; pattern: RegExp }[] = [
  { platform: "telegram", pattern: /^https?:\/\/(?:www\.)?(?:t\.me|telegram\.me)\/([a-z]\w{3,31})\/?$/i },
  { platform: "vk", pattern: /^https?:\/\/(?:m\.|www\.)?vk\.(?:com|ru)\/([a-z0-9_.]{3,32})\/?$/i },
  { platform: "discord", pattern: /^https?:\/\/(?:www\.)?discord(?:app)?\.com\/users\/(\d{15,21})\/?$/i },
  { platform: "reddit", pattern: /^https?:\/\/(?:www\.|old\.)?reddit\.com\/(?:u|user)\/([\w-]{3,20})\/?$/i },
  { platform: "facebook", pattern: /^https?:\/\/(?:www\.|m\.)?facebook\.com\/([a-z0-9.]{5,50})\/?$/i },
];

/** Domains on which profiles are looked for. */
export const PROFILE_DOMAINS = [
  "t.me",
  "telegram.me",
  "vk.com",
  "vk.ru",
  "m.vk.com",
  "discord.com",
  "discordapp.com",
].concat(["reddit.com", "old.reddit.com", "facebook.com", "m.facebook.com"]);

/** Whose profile an address shows; undefined for any other address. The handle is in lower case. */
export function profileAt(url: string): Claim | undefined {
  for (const { platform, pattern } of PROFILES) {
    const handle = pattern.exec(url)?.[1];
    if (handle !== undefined) return { platform, handle: handle.toLowerCase() };
  }
  return undefined;
}

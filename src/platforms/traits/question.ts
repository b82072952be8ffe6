/** Only the beginning of a long text is looked at: a question is asked early, or at the end of a short text. */
const READ_CHARS = 1500;
const OPENING_CHARS = 160;

/** Code up to its end or that of the text, addresses, and quoted lines. */
const NOT_WORDS = /```[\s\S]*?(?:```|(?![\s\S]))|`[^`\n]*`|(?:https?:\/\/|www\.)\S+|^>.*$/gm;

/** Words that, with a question mark and alone, react and do not ask. */
const REACTIONS = new Set(
  `да нет ок ok а и ну что чо чё шта правда серьёзно серьезно реально really right what wat huh no yes lol eh hm hmm so
   ага неужели разве`.split(/\s+/),
);

/** What people say before they ask: greetings, politeness, the name of whom they address. */
const GREETING =
  /^(?:(?:@?[\p{L}\p{N}_|`^[\]\\{}.-]{1,30}[:,]\s+)|(?:(?:hi|hello|hey|yo|greetings|good (?:morning|day|evening|afternoon)|ok|okay|so|and|but|well|please|sorry|excuse me|guys|folks|all|everyone|everybody|there|anyone|quick question|question|привет|приветствую|здравствуйте|здрасьте|добрый (?:день|вечер)|доброе утро|доброго (?:дня|времени суток|утра|вечера)|всем|ребята|ребят|народ|коллеги|друзья|господа|люди|а|и|но|так|ну|вопрос|пожалуйста|извините|простите)(?![\p{L}\p{N}])[\s,.!:;)—–-]*))+/u;

const ENGLISH = [
  "how (?:do|does|can|could|to|would|should|is|are|did|come|many|much|long|often|about)\\b",
  "how(?:'s|s| the hell| in)\\b",
  "what(?:'s|s)? (?:is|are|does|do|did|was|the|would|should|could|can|kind|sort|about|happens|package|version|command|a|i|you|if)\\b",
  "(?:where|when|why) (?:is|are|do|does|did|can|could|should|would|was|will|not|i|the)\\b",
  "who (?:is|are|can|knows|has|uses)\\b",
  "which (?:\\w+) (?:is|are|do|does|should|can|to|would)\\b",
  "(?:is|are|was) (?:there|it|this|that|anyone|anybody|someone|somebody|any|the|you)\\b",
  "(?:does|do|did|has|have) (?:any(?:one|body)|some(?:one|body)|you|i|we|the|it|this|ubuntu)\\b",
  "(?:can|could|would|will|should|may|shall) (?:i|you|we|it|any(?:one|body)|some(?:one|body)|the|this)\\b",
  "any(?:one|body) (?:know|here|have|else|got|using|use|tried|seen|familiar|who|able|run|can|out|knows|ever|has|willing)\\b",
  "any (?:idea|ideas|way|suggestions?|advice|help|tips|thoughts|clue|reason|one know)\\b",
  "i (?:have|got|'ve got) an? (?:\\w+ )?question",
  "i(?:'m| am) (?:wondering|trying to (?:figure|find)|looking for)\\b",
  "(?:i )?(?:wonder|was wondering)\\b",
  "(?:i )?need (?:some |a little )?help\\b",
  "(?:please |pls |plz )?help (?:me|please|needed)\\b",
  "(?:can't|cannot|cant) (?:figure|find|get|seem)\\b",
].join("|");

const RUSSIAN = [
  "(?:не )?подскаж(?:и|ите|ете|ет)(?![\\p{L}])",
  "(?:по)?совет(?:уйте|уй|ните)(?![\\p{L}])",
  "(?:помогите|объясните|поясните|скажите|ответьте|напомните)(?![\\p{L}])",
  "как (?:мне|можно|лучше|правильно|быстро|часто|долго|давно|много|вы (?:дума|счита|относ|реша|дела)|это (?:работает|сделать|исправить)|работает|работают|называется|называются|зовут|дела|быть|[\\p{L}-]+(?:ть|ться|ти|тись|чь)(?![\\p{L}]))",
  "(?:где|куда|откуда|зачем|почему|отчего|сколько|когда же) [\\p{L}]",
  "когда (?:будет|будут|можно|планируется|выйдет|начн|закон|ждать|состоится|откро|заработ)",
  "как(?:ой|ая|ое|ие|ую|ого|им|ими) (?:(?!-)[\\p{L}-]+ )*(?:лучше|нужно|нужен|нужна|нужны|надо|можно|выбрать|использу|вы |сейчас|есть|бывают|из|там|у вас)",
  "(?:что|чем|чего) (?:делать|такое|значит|означает|лучше|можно|нужно|надо|посоветуете|это значит|не так|за|будет если|выбрать|отличается|отличаются|занять|почитать|использ)",
  "(?:в чём|в чем) (?:разница|отличие|отличия|проблема|причина|смысл|может)",
  "кто(?:-| )?(?:нибудь|то|-то)? ?(?:знает|может|сталкивался|пробовал|в курсе|подскажет|пользуется|пользовался|умеет|делал|помнит|использ|какие|уже)",
  "у кого(?:-| )?(?:нибудь|то)? (?:есть|была|было|получилось|так|такая|такое|какие)",
  "(?:есть|можно|нужно|надо|стоит|правильно|возможно|должен|должна|будет|могу|может|нельзя|не|планируется|получится|работает) ли(?![\\p{L}])",
  "[\\p{L}]{3,20} ли (?:[\\p{L}])",
  "(?:есть|существует|имеется) (?:какой|какая|какие|какое|ли|у кого|кто)(?![\\p{L}])",
  "можно (?:как|где|узнать|спросить|вопрос|уточнить|ссылку|подробнее)",
  "(?:есть|возник|появился|такой|ещё|еще|один) вопрос",
  "нужна (?:подсказка|консультация)",
].join("|");

const OPENERS = new RegExp(`^(?:${ENGLISH}|${RUSSIAN})`, "u");
const SENTENCE_BREAK = /[.!?\n]+\s+|\n+/;
/** A question mark that ends a sentence. One inside a word, an address or code does not. */
const MARK = /[?？]+[!?)\]"'»”]*(?=\s|$|[\u2190-\u{10FFFF}:;,])/gu;

/** Whether what stands before a question mark asks something: at least two words, or one that is no mere reaction. */
function asks(before: string): boolean {
  const sentence = before.slice(
    Math.max(before.lastIndexOf("\n"), before.lastIndexOf(". "), before.lastIndexOf("! ")) + 1,
  );
  const words = sentence.match(/[\p{L}\p{N}]+/gu) ?? [];
  const [only = ""] = words;
  return words.length > 1 || (only.length > 1 && !REACTIONS.has(only));
}

function hasAskingMark(text: string): boolean {
  if (!text.includes("?") && !text.includes("？")) return false;
  for (const found of text.matchAll(MARK)) if (asks(text.slice(0, found.index))) return true;
  return false;
}

/** Past a greeting and a few words of introduction, the beginnings of the first two sentences. */
function opensWithQuestion(text: string): boolean {
  const opening = text.slice(0, OPENING_CHARS).trimStart().replace(GREETING, "");
  if (OPENERS.test(opening)) return true;
  const second = opening.split(SENTENCE_BREAK, 2)[1];
  return second !== undefined && OPENERS.test(second.replace(GREETING, ""));
}

/**
 * Whether a message asks something, in Russian or English: a sentence with a question mark that is not only a reaction
 * ("really?"), or words with which people begin to ask ("подскажите", "how do I", "does anyone"). Question marks in
 * addresses, code and quotations do not count.
 */
export function isQuestion(text: string): boolean {
  if (text.length < 3) return false;
  const cut = (text.length > READ_CHARS ? text.slice(0, READ_CHARS) : text).toLowerCase();
  const plain =
    cut.includes("`") || cut.includes("://") || cut.includes("www.") || cut.includes(">")
      ? cut.replace(NOT_WORDS, " ")
      : cut;
  return hasAskingMark(plain) || opensWithQuestion(plain);
}

/** A subset of Inter by its name in the font's package, and its letters by their width in hundredths of the size of the text, rounded up to five. */
interface Subset {
  readonly font: string;
  readonly widths: Readonly<Record<number, string>>;
}

/** Every sign that can be drawn: measured in a browser from the files of the font. */
const subsets: readonly Subset[] = [
  {
    font: "latin",
    widths: {
      25: "ijlìíîïı‚′",
      30: "!',.:;I¡¦·¸¹ÌÍÎÏʻʼ˚‘’",
      35: "`t|´",
      40: "()/1[\\]fr‹›",
      45: "-_{}ª°²³ˆ“”„″",
      50: '"*^¯º˜–',
      55: "?ksxz¥¿",
      60: "257EFJLacehnouvy¢§¨«µ¶»ÈÉÊËàáâãäåçèéêëðñòóôõöøùúûüýÿ•",
      65: "#$&034689BPRSTZbdgpq£Þßþ™",
      70: "+<=>AKVXY~¬®±ÀÁÂÃÄÅ×Ý÷€−",
      75: "CDGHNU¤ÇÐÑÙÚÛÜ",
      80: "OQ¼ÒÓÔÕÖØ",
      85: "w½",
      90: "Mm¾…",
      95: "©æ",
      100: "%@WÆŒœ—",
    },
  },
  {
    font: "cyrillic",
    widths: {
      25: "іїј",
      30: "ІЇ",
      45: "гѓґ",
      50: "зт",
      55: "кхьяѕќ",
      60: "ЀЁЃЈГЕабвеийлнопсуцчэѐёђєћѝўџҐұ",
      65: "ЅЎБВЗРТУЬЯдръ",
      70: "ЌАКХЧфҰ",
      75: "ЄЍЏИЙЛНПСЦЭы",
      80: "Ом",
      85: "ЂДФЪжшщю",
      90: "ЋМЫњ",
      95: "ЖШљ",
      100: "Щ",
      105: "Ю",
      110: "№",
      115: "ЉЊ",
    },
  },
  {
    font: "latin-ext",
    widths: {
      25: "ĩīĭįĵĺļł",
      30: "ĨĪĬĮİ",
      35: "ľŀţŧſț",
      40: "ŕŗřť",
      50: "ĳ",
      55: "ķĸśŝşšźżžș₹",
      60: "āăąćĉċčĒēĔĕĖėĘęĚěĥħĴĹĻĽĿŁńņňŋōŏőũūŭůűųŷ",
      65: "đĝğġģŔŖŘŚŜŞŠŢŤŦŹŻŽȘȚ₸₿",
      70: "ĀĂĄďĶŶŸẞ₽",
      75: "ĆĈĊČĎĐĜĞĠĢĤŃŅŇŊŨŪŬŮŰŲ",
      80: "ĦŌŎŐ",
      85: "Ĳŵ",
      100: "Ŵ",
    },
  },
  {
    font: "cyrillic-ext",
    widths: {
      25: "ӏ",
      30: "Ӏ",
      45: "ғӷӻ",
      50: "ҙҭӟ",
      55: "ҕӽӿ",
      60: "ҒқҝңҫүҳҷҹһӄӆӈӊӌӑӓӖӗәӛӣӥӧөӫӭӯӱӳӵӶӺ",
      65: "ҔҘҡҬҵӞӠӡӮӰӲ₴",
      70: "ҚҜҥҮҲҸҺӃӐӒӴӼӾ",
      75: "ҢҪҶҽҿӅӇӉӋӘӚӢӤӬӹ",
      80: "ҩӎӦӨӪ",
      85: "җҠҼҾӂӝ",
      90: "ӍӸ",
      95: "ҧҴӁӕӜ",
      100: "ҖҤҨӔ",
      110: "Ҧ",
    },
  },
];

/** A sign that can be drawn: the part of the font that has it, and its width in parts of the size of the text. */
export interface Letter {
  readonly font: string;
  readonly width: number;
}

/** Every sign that can be drawn; what is missing here is left out. */
export const letters: ReadonlyMap<string, Letter> = new Map([
  [" ", { font: "latin", width: 0.3 }],
  ...subsets.flatMap(({ font, widths }) =>
    Object.entries(widths).flatMap(([width, signs]) =>
      Array.from(signs, (sign): [string, Letter] => [sign, { font, width: Number(width) / 100 }]),
    ),
  ),
]);

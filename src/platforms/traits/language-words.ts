/**
 * Short words that people use all the time, by language (ISO 639-1). A word that several languages share speaks for each
 * of them; what decides is how many different ones come together.
 */
export const commonWords: Readonly<Record<string, string>> = {
  en: `the and is you that what with this have how are not for was but they your all can just get like will would
    there from out about when who which why does do did it's don't i'm can't thanks thank please hello hi hey yes
    yeah no my we be it of to in on if or so me at an as by any some know think want need help good see here where
    then than their them been has had were should could anyone someone something work works working problem
    question i a i've you're that's lol thx too into also only very time use using now one still really okay nice
    cool`,
  ru: `и в не на я что с это как а по но у за то все всё так из же мы вы он она они бы было есть если только для
    уже или когда нет да вот очень можно надо нужно просто сейчас где кто чтобы тоже ещё еще там тут спасибо привет
    вопрос мне меня тебя вас вам нам был была были будет быть может почему какой какая какие какое этот эта эти
    того этого при до от об к во со ли ну ок подскажите пожалуйста здравствуйте всем добрый день доброе утро вечер
    человек больше меньше потом раз тогда теперь после через без под над себя свой мой ваш наш хочу могу знаю думаю
    доброго дня про нас них него неё нее ей ему их много люди чем даже вообще такой такая такое ничего себе этом
    одна один два`,
  uk: `і й та не на я що з це як а по але у за то все так із же ми ви він вона вони б було є якщо тільки для вже
    або коли ні вот дуже можна треба потрібно просто зараз де хто щоб теж ще там тут дякую привіт питання мені мене
    тебе вас вам нам був була були буде бути може чому який яка які цей ця ці до від про якщо будь ласка скажіть`,
  be: `і й не на я што з гэта як а па але у за то усё так мы вы ён яна яны было ёсць калі толькі для ўжо ці не
    вельмі можна трэба зараз дзе хто каб таксама яшчэ там тут дзякуй прывітанне пытанне мне мяне вас вам быў была
    былі будзе`,
  bg: `и в не на аз че със с това как а по но у за то всички така от ние вие той тя те би беше е ако само вече или
    когато да ето много може трябва сега къде кой също още там тук благодаря здравей здравейте въпрос ми ме ти си
    сме съм са ще бъде защо какво какъв този тази тези до към има няма без след`,
  sr: `и у не на ја да што с то како а по али за све тако из ми ви он она они би је ако само за већ или када врло
    може треба сада где ко такође још там ту хвала здраво питање ме те нас вас био била су сам си бити зашто који
    која које`,
  es: `el la los las de que en un una es no se por con para como pero más me mi te lo al del está son hay qué cómo
    hola gracias sí muy también esto eso todo bien puede tengo alguien ayuda porque cuando dónde donde`,
  fr: `le la les de des que et en un une est ne pas se pour avec dans comme mais plus je tu il nous vous ce cette
    du au sont il bonjour merci oui non très aussi tout bien peut j'ai c'est quelqu'un aide quand où sur qui`,
  de: `der die das und ist nicht ein eine ich du wir ihr sie es mit für auf von zu den dem im wie was aber auch nur
    noch kann hat habe sind wird hallo danke bitte ja nein sehr gut wenn warum wo jemand hilfe dann oder bei aus`,
  it: `il lo la gli le di che in un una è non si per con come ma più mi ti ci del della al sono ho hai ha questo
    quello ciao grazie sì molto anche tutto bene può qualcuno aiuto perché quando dove cosa`,
  pt: `os as de que em um uma não se por com para como mas mais me eu do da no na são tem isso este está você olá
    obrigado obrigada sim muito também tudo bem pode alguém ajuda porque quando onde`,
  nl: `de het een en is niet ik je jij wij zij met voor op van te dat die dit hoe wat maar ook nog kan heeft heb
    zijn wordt hallo bedankt ja nee heel goed als waarom waar iemand dan of bij uit naar`,
  pl: `nie na ja że to jak po ale za co tak się jest czy dla już lub kiedy bardzo można trzeba teraz gdzie kto też
    jeszcze tam tu dzięki cześć pytanie mnie mi was wam był była były będzie może dlaczego który która które`,
  tr: `ve bir bu da de için ne çok var yok ben sen biz siz ile gibi ama daha mi mı nasıl neden merhaba teşekkürler
    evet hayır iyi olarak kadar sonra değil her şey nerede kim`,
};

/** Letters that one language has and its neighbours do not, or hardly ever. */
export const tellingLetters: Readonly<Record<string, string>> = {
  ru: "ыэё",
  uk: "їєґ",
  be: "ў",
  kk: "әғқңөұү",
  sr: "ђћљњџ",
  mk: "ѓќѕ",
  de: "ß",
  es: "ñ¿¡",
  pt: "ãõ",
  pl: "łąęśźż",
  tr: "ğışİ",
  cs: "ěřů",
  hu: "őű",
  ro: "ăț",
};

/** Scripts that are nearly always one language's, by the first and last code of their letters. */
export const scripts: readonly { readonly language: string; readonly from: number; readonly to: number }[] = [
  { language: "el", from: 0x0370, to: 0x03ff },
  { language: "hy", from: 0x0530, to: 0x058f },
  { language: "he", from: 0x0590, to: 0x05ff },
  { language: "ar", from: 0x0600, to: 0x06ff },
  { language: "hi", from: 0x0900, to: 0x097f },
  { language: "th", from: 0x0e00, to: 0x0e7f },
  { language: "ka", from: 0x10a0, to: 0x10ff },
  { language: "ja", from: 0x3040, to: 0x30ff },
  { language: "zh", from: 0x4e00, to: 0x9fff },
  { language: "ko", from: 0xac00, to: 0xd7af },
];

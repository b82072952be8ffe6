/** Words of the community that tests and pictures are made of. All of it is ours: no line was written by a real member. */

export type Tongue = "en" | "ru";

/** Things to put into the gaps of sentences: `{bean}` and so on. */
export const gaps: Record<Tongue, Record<string, readonly string[]>> = {
  en: {
    bean: ["the Kenyan", "the Ethiopian", "the house blend", "the decaf", "the November lot", "the Honduran"],
    tool: ["the hand grinder", "the gooseneck kettle", "the moka pot", "the small scale", "the paper filters"],
    taste: ["sour", "flat", "too bitter", "like blackcurrant", "almost like tea", "sweeter than I expected"],
    place: ["Leeds", "Tbilisi", "Riga", "Lisbon", "Almaty", "Belgrade"],
    day: ["on Monday", "on Friday", "last week", "this morning", "yesterday"],
    grams: ["15 g", "18 g", "20 g", "30 g"],
  },
  ru: {
    bean: ["кенийский", "эфиопский", "колумбийский", "декаф", "ноябрьский лот", "Гондурас"],
    tool: ["ручная кофемолка", "капельная кофеварка", "гейзерная кофеварка", "воронка", "турка"],
    taste: ["кислит", "пустой", "горчит", "отдаёт смородиной", "почти как чай", "слаще, чем обещали"],
    place: ["Казани", "Тбилиси", "Самаре", "Екатеринбурге", "Алматы", "Белграде"],
    day: ["в понедельник", "в пятницу", "на той неделе", "сегодня утром", "вчера"],
    grams: ["15 г", "18 г", "20 г", "30 г"],
  },
};

export const questions: Record<Tongue, readonly string[]> = {
  en: [
    "What grind do you use for {bean} in a V60?",
    "Why does {bean} come out {taste} for me at {grams}?",
    "Does anyone ship {tool} to {place}?",
    "How long do the beans rest before you open the bag?",
    "Is {tool} worth it if I only brew for two?",
    "When does the next roast go out? I ordered {day}",
    "Can I change the address of an order I made {day}?",
    "Which water do people here use? Ours is very hard",
    "How do you clean {tool} without soap?",
    "Has anyone tried {bean} as espresso?",
    "Where did the brew guide move? The link on the bag is dead",
    "What is a fair ratio for cold brew, {grams} to what?",
    "Do you pause the subscription when you travel, or is there a better way?",
    "Could somebody from {place} bring filters to the cupping?",
    "Is the discount for members already counted in the cart?",
    "Why is my order still “in roasting” since {day}?",
  ],
  ru: [
    "Какой помол берёте под {bean} в воронке?",
    "Подскажите, почему {bean} {taste}, если брать {grams}?",
    "Доставляете ли вы в {place}? И сколько это по времени?",
    "Сколько дней даёте зерну отдохнуть после обжарки?",
    "Хорошая ли вещь {tool}, если варить на двоих?",
    "Когда следующая обжарка? Заказ оформлен {day}",
    "Можно ли поменять адрес в заказе, оформленном {day}?",
    "На какой воде варите? У нас очень жёсткая",
    "Чем чистить, если {tool} уже потемнела?",
    "Кто-нибудь пробовал {bean} на эспрессо?",
    "Куда делась памятка по завариванию? Ссылка на пачке не открывается",
    "Какая пропорция для колд брю, {grams} на сколько воды?",
    "Как поставить подписку на паузу на время отпуска?",
    "Будет ли дегустация в {place} в этом году?",
    "Скидка участника уже учтена в корзине или её надо ввести?",
    "Почему заказ уже неделю «в обжарке»?",
  ],
};

export const answers: Record<Tongue, readonly string[]> = {
  en: [
    "I go two clicks coarser than for the house blend, then adjust by taste",
    "Try 94 degrees and a slower second pour, it helped me with {bean}",
    "Mine took four days to {place}, came well packed",
    "A week for filter, two for espresso. Before that it is {taste}",
    "For two it is enough. I have had mine for three years",
    "Roasting is Monday and Thursday, it leaves the day after",
    "Write to support with the order number, they changed mine in an hour",
    "Filtered with a bit of minerals back in. The recipe is in the pinned message",
    "Hot water and a brush, never soap",
    "It works, but go for {grams} and a shorter shot",
    "The guide is at https://dawn-coffee.example/guide now",
    "One to eight overnight, then dilute",
    "There is a pause button under Subscription, it took me a while to find it",
    "Same here, I thought it was only me",
    "Check the roast date first, then the grind",
    "Weigh the water too. It changes more than the grinder does",
  ],
  ru: [
    "Я беру на два щелчка крупнее, чем под смесь, дальше по вкусу",
    "Попробуйте 94 градуса и второй пролив помедленнее, мне помогло",
    "До меня в {place} ехало четыре дня, упаковано хорошо",
    "Неделю под фильтр, две под эспрессо. Раньше {taste}",
    "На двоих хватает. Моей уже три года",
    "Жарят в понедельник и четверг, отправляют на следующий день",
    "Напишите в поддержку номер заказа, мне поменяли за час",
    "Фильтр и немного минералов обратно. Рецепт в закрепе",
    "Горячей водой и щёткой, без мыла",
    "Получается, но возьмите {grams} и пролив короче",
    "Памятка теперь тут: https://dawn-coffee.example/guide",
    "Один к восьми на ночь, потом разбавить",
    "Кнопка паузы есть в разделе подписки, найти её непросто",
    "У меня так же, думаю, дело в воде",
    "Сначала посмотрите дату обжарки, потом уже помол",
    "Взвешивайте и воду. Она меняет больше, чем кофемолка",
  ],
};

export const chat: Record<Tongue, readonly string[]> = {
  en: [
    "Opened {bean} {day}. The smell alone woke up the whole flat",
    "Cupping notes from the weekend: {taste}, and everyone guessed wrong",
    "Finally dialled it in at {grams}. It only took eleven cups",
    "Rain since {day}, so the moka pot is out again",
    "My mother asked for {bean} again. I have created a monster",
    "New bag day!",
    "Two coffees in and still asleep",
    "The November lot is {taste} this year, I like it more than the last one",
    "Packed {tool} for the trip to {place}, cannot do without it",
    "Small win: no bitterness today",
    "If you are near {place}, the café by the river brews our beans",
    "That photo made me put the kettle on",
  ],
  ru: [
    "Открываю {bean}. Проснулась вся квартира",
    "Итоги дегустации: {taste}, и никто не угадал",
    "Наконец пойман вкус на {grams}. Всего одиннадцать чашек",
    "Дождь третий день, снова достаю гейзер",
    "Мама опять просит {bean}. Это уже зависимость",
    "День новой пачки!",
    "Две чашки, и всё равно сплю",
    "Ноябрьский лот в этом году {taste}, мне нравится больше прошлого",
    "В поездку едет весь набор, без него никак",
    "Маленькая победа: сегодня не горчит",
    "Если будете в {place}, у реки варят на нашем зерне",
    "После этой фотографии рука сама тянется к чайнику",
  ],
};

export const hellos: Record<Tongue, readonly string[]> = {
  en: [
    "Hi all! Just got my first bag, where do I start?",
    "Hello from {place}. A friend brought me here, I brew on a moka pot",
    "Hi! New here. Is there a list of recipes somewhere?",
    "Good evening, joined after the cupping. Glad to be here",
  ],
  ru: [
    "Всем привет! Пришла первая пачка, с чего начать?",
    "Здравствуйте! Привела подруга, варю в гейзере",
    "Привет! Я тут впервые. Есть ли где-нибудь список рецептов?",
    "Добрый вечер! Я к вам прямо с дегустации",
  ],
};

export const thanks: Record<Tongue, readonly string[]> = {
  en: ["Thank you, that worked!", "Thanks, will try tonight", "Oh, now I see. Thanks!", "Got it 🙏"],
  ru: ["Спасибо, помогло!", "Спасибо, вечером попробую", "А, теперь ясно. Спасибо!", "Ясно 🙏"],
};

/** The evening with the roaster: what everybody asks at once. */
export const evening: Record<Tongue, readonly string[]> = {
  en: [
    "Question to the roaster: how do you choose a farm?",
    "How many times do you taste a lot before it goes on sale?",
    "What was the worst batch you ever roasted?",
    "Will there be a darker roast of {bean}?",
    "Do you drink it with milk at home?",
    "Great answer, thank you!",
    "Ha, I knew it",
    "This is the best evening we have had here",
  ],
  ru: [
    "Вопрос обжарщику: как вы выбираете ферму?",
    "Сколько раз вы пробуете лот, прежде чем он попадёт в продажу?",
    "Какая партия была самой неудачной?",
    "Будет ли обжарка потемнее под {bean}?",
    "А дома вы пьёте с молоком?",
    "Отличный ответ, спасибо!",
    "Ха, ну конечно",
    "Лучший вечер в этом чате",
  ],
};

/** What strangers with something to sell poured into the chat on one day. */
export const promo: readonly string[] = [
  "🔥 Cheapest beans in town, only today https://cheap-beans.example/sale",
  "🔥 Зерно по цене склада, только сегодня https://cheap-beans.example/sale",
  "Loved by 10,000 baristas, -60 % with code DAWN https://cheap-beans.example/dawn",
  "Скидка 60 % по коду DAWN, успевайте https://cheap-beans.example/dawn",
];

/** What the team's channel posts. */
export const news: Record<Tongue, readonly string[]> = {
  en: [
    "The November lot is roasted and leaves tomorrow. Notes and a brew guide: https://dawn-coffee.example/november",
    "Cupping on Saturday at noon, twelve seats. Write below if you come",
    "The brew guide has a new address: https://dawn-coffee.example/guide",
  ],
  ru: [
    "Ноябрьский лот обжарен и завтра уезжает к вам. Описание и рецепт: https://dawn-coffee.example/november",
    "Дегустация в субботу в полдень, двенадцать мест. Отметьтесь ниже, если придёте",
    "У памятки по завариванию новый адрес: https://dawn-coffee.example/guide",
  ],
};

/** Nicknames are made of two words, as people choose them; nobody is called so. */
export const firstNames: Record<Tongue, readonly string[]> = {
  en: "Quiet Early Amber Slow Bright Morning Smoky Gentle Round Copper Patient Windy Salty Brave Rusty Plain Sunny Late".split(
    " ",
  ),
  ru: "Тихий Ранний Янтарный Медленный Ясный Утренний Дымный Мягкий Круглый Медный Терпеливый Ветреный Солёный Смелый Рыжий Простой Солнечный Поздний Крепкий Ровный".split(
    " ",
  ),
};

export const lastNames: Record<Tongue, readonly string[]> = {
  en: "Kettle Bean Cup Grinder Saucer Filter Spoon Roast Pour Crema Teapot Barrel Ladle Drip Sack Lid".split(" "),
  ru: "Чайник Помол Стакан Ковш Фильтр Термос Поднос Кувшин Бочонок Лот Мешок Пар Котелок Самовар Рожок Купаж".split(
    " ",
  ),
};

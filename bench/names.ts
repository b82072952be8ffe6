/** First names with endings for surnames that go with them, the most common first, as in chats of two alphabets. */
const RUSSIAN =
  "Александр Алексей Анна Сергей Дмитрий Елена Андрей Иван Мария Ольга Наталья Екатерина Михаил Максим Евгений Татьяна " +
  "Юлия Ирина Владимир Павел Роман Артём Николай Светлана Илья Денис Антон Виктория Олег Кирилл Дарья Анастасия Игорь " +
  "Юрий Вадим Марина Полина Ксения Никита Константин Вячеслав Алина Галина Людмила Валерия Станислав Егор Тимур Семён " +
  "Григорий Фёдор Лариса Вера Надежда Глеб Лев Матвей Маргарита Эльвира Руслан Рустам Айгуль Динара";
const RUSSIAN_LAST =
  "Иванов Смирнов Кузнецов Попов Васильев Петров Соколов Михайлов Новиков Фёдоров Морозов Волков Алексеев Лебедев " +
  "Семёнов Егоров Павлов Козлов Степанов Николаев Орлов Андреев Макаров Никитин Захаров Зайцев Соловьёв Борисов Яковлев " +
  "Григорьев Романов Воробьёв Сергеев Кузьмин Фролов Александров Дмитриев Королёв Гусев Киселёв Ильин Максимов Поляков " +
  "Сорокин Виноградов Ковалёв Белов Медведев Антонов Тарасов Жуков Баранов Филиппов Комаров Давыдов Беляев Герасимов " +
  "Богданов Осипов Сидоров Матвеев Титов Марков Миронов Крылов Куликов Карпов Власов Мельников Денисов Гаврилов Тихонов " +
  "Казаков Афанасьев Данилов Савельев Тимофеев Фомин Чернов Абрамов Мартынов Ефимов Федотов Щербаков Назаров Калинин " +
  "Исаев Чернышёв Быков Маслов Родионов Коновалов Лазарев Воронин Климов Филатов Пономарёв Голубев Кудрявцев Прохоров";
const LATIN =
  "Alex Ivan Anna John Maria Dmitry Sergey David Michael Elena Daniel Olga James Andrey Kate Max Robert Julia Pavel Laura " +
  "Nick Thomas Peter Sofia Mark Artem Chris Natalia Tom Vlad Kevin Emma Roman Carlos Ali Mohamed Lucas Sarah Oleg Jan " +
  "Maksim Egor Denis Linda Wei Yuki Ahmed Fatima Pedro Sven Björn José André Zoë Piotr Łukasz Giulia Marta Ingrid Aoife";
const LATIN_LAST =
  "Smith Ivanov Johnson Garcia Brown Müller Petrov Jones Silva Kim Martin Lee Wang Rossi Novak Kowalski Hansen Kuznetsov " +
  "Lopez Sokolov Davis Wilson Nguyen Popov Schmidt Dubois Taylor Ferrari Moore Santos Singh Khan Jensen Andersson Weber " +
  "Volkov Costa Romero Morozov Ricci Berg Fischer Yilmaz Horvat Tanaka Sato Chen Park Ali Hassan O'Brien McDonald Walker " +
  "Zhukov Lebedev Shevchenko Bondarenko Tkachenko Kaya Demir Eriksson Larsen Virtanen Nagy Popescu Dimitrov Papadopoulos";
const NICKNAMES =
  "shadow wolf cat neo dark pixel coder night fox moon star storm ghost panda dragon rocket zero blade frost tiger sky rain " +
  "кот волк тень лис барсук сова ветер гром мечта призрак";

/** Names for SQL: arrays to draw from with `a[1 + floor(power(random(), 2) * n)]`, which makes the first ones common. */
export const nameParts = {
  russian: RUSSIAN.split(" "),
  russianLast: RUSSIAN_LAST.split(" "),
  latin: LATIN.split(" "),
  latinLast: LATIN_LAST.split(" "),
  nicknames: NICKNAMES.split(" "),
};

/** What zones of the tz database are called in Russian, by their first word: cities, and countries that have one time. Browsers do not know them. */
const regions: Readonly<Record<string, string>> = {
  Africa: `Abidjan=Кот-д’Ивуар;Accra=Гана;Addis_Ababa=Эфиопия;Algiers=Алжир;Asmara=Эритрея;Asmera=Эритрея;Bamako=Мали;
Bangui=Центрально-Африканская Республика;Banjul=Гамбия;Bissau=Гвинея-Бисау;Blantyre=Малави;
Brazzaville=Конго - Браззавиль;Bujumbura=Бурунди;Cairo=Каир;Casablanca=Марокко;Ceuta=Сеута;Conakry=Гвинея;
Dakar=Сенегал;Dar_es_Salaam=Танзания;Djibouti=Джибути;Douala=Камерун;El_Aaiun=Западная Сахара;
Freetown=Сьерра-Леоне;Gaborone=Ботсвана;Harare=Зимбабве;Johannesburg=Южно-Африканская Республика;
Juba=Южный Судан;Kampala=Уганда;Khartoum=Судан;Kigali=Руанда;Kinshasa=Киншаса;Lagos=Нигерия;Libreville=Габон;
Lome=Того;Luanda=Ангола;Lubumbashi=Лубумбаши;Lusaka=Замбия;Malabo=Экваториальная Гвинея;Maputo=Мозамбик;
Maseru=Лесото;Mbabane=Эсватини;Mogadishu=Сомали;Monrovia=Либерия;Nairobi=Кения;Ndjamena=Чад;Niamey=Нигер;
Nouakchott=Мавритания;Ouagadougou=Буркина-Фасо;Porto-Novo=Бенин;Sao_Tome=Сан-Томе и Принсипи;Tripoli=Ливия;
Tunis=Тунис;Windhoek=Намибия`,
  America: `Adak=Адак;Anchorage=Анкоридж;Anguilla=Ангилья;Antigua=Антигуа и Барбуда;Araguaina=Арагуаина;
Argentina/Buenos_Aires=Буэнос-Айрес;Argentina/Catamarca=Катамарка;Argentina/Cordoba=Кордова;
Argentina/Jujuy=Жужуй;Argentina/La_Rioja=Ла-Риоха;Argentina/Mendoza=Мендоса;Argentina/Rio_Gallegos=Рио-Гальегос;
Argentina/Salta=Сальта;Argentina/San_Juan=Сан-Хуан;Argentina/San_Luis=Сан-Луис;Argentina/Tucuman=Тукуман;
Argentina/Ushuaia=Ушуая;Aruba=Аруба;Asuncion=Парагвай;Atikokan=Корал-Харбор;Bahia=Баия;
Bahia_Banderas=Баия-де-Бандерас;Barbados=Барбадос;Belem=Белен;Belize=Белиз;Blanc-Sablon=Бланк-Саблон;
Boa_Vista=Боа-Виста;Bogota=Колумбия;Boise=Бойсе;Buenos_Aires=Буэнос-Айрес;Cambridge_Bay=Кеймбридж-Бей;
Campo_Grande=Кампу-Гранди;Cancun=Канкун;Caracas=Венесуэла;Catamarca=Катамарка;Cayenne=Французская Гвиана;
Cayman=Острова Кайман;Chicago=Чикаго;Chihuahua=Чиуауа;Ciudad_Juarez=Сьюдад-Хуарес;Coral_Harbour=Корал-Харбор;
Cordoba=Кордова;Costa_Rica=Коста-Рика;Coyhaique=Койайке;Creston=Крестон;Cuiaba=Куяба;Curacao=Кюрасао;
Danmarkshavn=Денмарксхавн;Dawson=Доусон;Dawson_Creek=Доусон-Крик;Denver=Денвер;Detroit=Детройт;Dominica=Доминика;
Edmonton=Эдмонтон;Eirunepe=Эйрунепе;El_Salvador=Сальвадор;Fort_Nelson=Форт-Нельсон;Fortaleza=Форталеза;
Glace_Bay=Глейс-Бей;Godthab=Нуук;Goose_Bay=Гус-Бей;Grand_Turk=Тёркс и Кайкос;Grenada=Гренада;
Guadeloupe=Гваделупа;Guatemala=Гватемала;Guayaquil=Эквадор;Guyana=Гайана;Halifax=Галифакс;Havana=Куба;
Hermosillo=Эрмосильо;Indiana/Indianapolis=Индианаполис;Indiana/Knox=Нокс, Индиана;
Indiana/Marengo=Маренго, Индиана;Indiana/Petersburg=Питерсберг, Индиана;Indiana/Tell_City=Телл-Сити;
Indiana/Vevay=Вевей, Индиана;Indiana/Vincennes=Винсеннес;Indiana/Winamac=Уинамак;Indianapolis=Индианаполис;
Inuvik=Инувик;Iqaluit=Икалуит;Jamaica=Ямайка;Jujuy=Жужуй;Juneau=Джуно;Kentucky/Louisville=Луисвилл;
Kentucky/Monticello=Монтиселло, Кентукки;Kralendijk=Бонэйр, Синт-Эстатиус и Саба;La_Paz=Боливия;Lima=Перу;
Los_Angeles=Лос-Анджелес;Louisville=Луисвилл;Lower_Princes=Синт-Мартен;Maceio=Масейо;Managua=Никарагуа;
Manaus=Манаус;Marigot=Сен-Мартен;Martinique=Мартиника;Matamoros=Матаморос;Mazatlan=Масатлан;Mendoza=Мендоса;
Menominee=Меномини;Merida=Мерида;Metlakatla=Метлакатла;Mexico_City=Мехико;Miquelon=Сен-Пьер и Микелон;
Moncton=Монктон;Monterrey=Монтеррей;Montevideo=Уругвай;Montserrat=Монтсеррат;Nassau=Багамы;New_York=Нью-Йорк;
Nome=Ном;Noronha=Норонья;North_Dakota/Beulah=Бойла, Северная Дакота;North_Dakota/Center=Центр, Северная Дакота;
North_Dakota/New_Salem=Нью-Сейлем, Северная Дакота;Nuuk=Нуук;Ojinaga=Охинага;Panama=Панама;Paramaribo=Суринам;
Phoenix=Финикс;Port-au-Prince=Гаити;Port_of_Spain=Тринидад и Тобаго;Porto_Velho=Порту-Велью;
Puerto_Rico=Пуэрто-Рико;Punta_Arenas=Пунта-Аренас;Rankin_Inlet=Ранкин-Инлет;Recife=Ресифи;Regina=Реджайна;
Resolute=Резольют;Rio_Branco=Риу-Бранку;Santarem=Сантарен;Santiago=Чили;Santo_Domingo=Доминиканская Республика;
Sao_Paulo=Сан-Паулу;Scoresbysund=Скорсбисунн;Sitka=Ситка;St_Barthelemy=Сен-Бартелеми;St_Johns=Сент-Джонс;
St_Kitts=Сент-Китс и Невис;St_Lucia=Сент-Люсия;St_Thomas=Виргинские о-ва (США);
St_Vincent=Сент-Винсент и Гренадины;Swift_Current=Свифт-Керрент;Tegucigalpa=Гондурас;Thule=Туле;Tijuana=Тихуана;
Toronto=Торонто;Tortola=Виргинские о-ва (Великобритания);Vancouver=Ванкувер;Whitehorse=Уайтхорс;
Winnipeg=Виннипег;Yakutat=Якутат`,
  Antarctica: `Casey=Кейси;Davis=Дейвис;DumontDUrville=Дюмон-д’Юрвиль;Macquarie=Маккуори;Mawson=Моусон;McMurdo=Мак-Мердо;
Palmer=Палмер;Rothera=Ротера;Syowa=Сёва;Troll=Тролль;Vostok=Восток`,
  Arctic: `Longyearbyen=Шпицберген и Ян-Майен`,
  Asia: `Aden=Йемен;Almaty=Алматы;Amman=Иордания;Anadyr=Анадырь;Aqtau=Актау;Aqtobe=Актобе;Ashgabat=Ашхабад;Atyrau=Атырау;
Baghdad=Ирак;Bahrain=Бахрейн;Baku=Баку;Bangkok=Бангкок;Barnaul=Барнаул;Beirut=Ливан;Bishkek=Бишкек;Brunei=Бруней;
Calcutta=Индия;Chita=Чита;Colombo=Шри-Ланка;Damascus=Сирия;Dhaka=Бангладеш;Dili=Восточный Тимор;Dubai=Дубай;
Dushanbe=Душанбе;Famagusta=Фамагуста;Gaza=Газа;Hebron=Хеврон;Ho_Chi_Minh=Вьетнам;Hong_Kong=Гонконг;Hovd=Ховд;
Irkutsk=Иркутск;Jakarta=Джакарта;Jayapura=Джаяпура;Jerusalem=Иерусалим;Kabul=Афганистан;
Kamchatka=Петропавловск-Камчатский;Karachi=Пакистан;Kathmandu=Непал;Katmandu=Непал;Khandyga=Хандыга;
Kolkata=Индия;Krasnoyarsk=Красноярск;Kuala_Lumpur=Малайзия;Kuching=Кучинг;Kuwait=Кувейт;Macau=Макао;
Magadan=Магадан;Makassar=Макасар;Manila=Филиппины;Muscat=Оман;Nicosia=Никосия;Novokuznetsk=Новокузнецк;
Novosibirsk=Новосибирск;Omsk=Омск;Oral=Уральск;Phnom_Penh=Камбоджа;Pontianak=Понтианак;Pyongyang=Северная Корея;
Qatar=Катар;Qostanay=Костанай;Qyzylorda=Кызылорда;Rangoon=Мьянма;Riyadh=Эр-Рияд;Saigon=Вьетнам;
Sakhalin=Остров Сахалин;Samarkand=Самарканд;Seoul=Южная Корея;Shanghai=Китай;Singapore=Сингапур;
Srednekolymsk=Среднеколымск;Taipei=Тайвань;Tashkent=Узбекистан;Tbilisi=Тбилиси;Tehran=Тегеран;Thimphu=Бутан;
Tokyo=Токио;Tomsk=Томск;Ulaanbaatar=Улан-Батор;Urumqi=Урумчи;Ust-Nera=Усть-Нера;Vientiane=Лаос;
Vladivostok=Владивосток;Yakutsk=Якутск;Yangon=Мьянма;Yekaterinburg=Екатеринбург;Yerevan=Ереван`,
  Atlantic: `Azores=Азорские острова;Bermuda=Бермудские острова;Canary=Канарские острова;Cape_Verde=Кабо-Верде;
Faeroe=Фарерские острова;Faroe=Фарерские острова;Madeira=Мадейра;Reykjavik=Исландия;
South_Georgia=Южная Георгия и Южные Сандвичевы острова;St_Helena=Остров Св. Елены;Stanley=Фолклендские острова`,
  Australia: `Adelaide=Аделаида;Brisbane=Брисбен;Broken_Hill=Брокен-Хилл;Darwin=Дарвин;Eucla=Юкла;Hobart=Хобарт;
Lindeman=Линдеман;Lord_Howe=Лорд-Хау;Melbourne=Мельбурн;Perth=Перт;Sydney=Сидней`,
  Europe: `Amsterdam=Амстердам;Andorra=Андорра;Astrakhan=Астрахань;Athens=Афины;Belgrade=Белград;Berlin=Берлин;
Bratislava=Словакия;Brussels=Брюссель;Bucharest=Бухарест;Budapest=Будапешт;Busingen=Бюзинген-на-Верхнем-Рейне;
Chisinau=Кишинёв;Copenhagen=Копенгаген;Dublin=Дублин;Gibraltar=Гибралтар;Guernsey=Гернси;Helsinki=Хельсинки;
Isle_of_Man=Остров Мэн;Istanbul=Стамбул;Jersey=Джерси;Kaliningrad=Калининград;Kiev=Киев;Kirov=Киров;Kyiv=Киев;
Lisbon=Португалия;Ljubljana=Словения;London=Лондон;Luxembourg=Люксембург;Madrid=Испания;Malta=Мальта;
Mariehamn=Аландские острова;Minsk=Минск;Monaco=Монако;Moscow=Москва;Oslo=Осло;Paris=Париж;Podgorica=Черногория;
Prague=Прага;Riga=Рига;Rome=Рим;Samara=Самара;San_Marino=Сан-Марино;Sarajevo=Босния и Герцеговина;
Saratov=Саратов;Simferopol=Симферополь;Skopje=Северная Македония;Sofia=София;Stockholm=Стокгольм;Tallinn=Таллин;
Tirane=Албания;Ulyanovsk=Ульяновск;Vaduz=Лихтенштейн;Vatican=Ватикан;Vienna=Вена;Vilnius=Вильнюс;
Volgograd=Волгоград;Warsaw=Варшава;Zagreb=Хорватия;Zurich=Цюрих`,
  Indian: `Antananarivo=Мадагаскар;Chagos=Британская территория в Индийском океане;Christmas=Остров Рождества;
Cocos=Кокосовые острова;Comoro=Коморы;Kerguelen=Французские Южные территории;Mahe=Сейшельские острова;
Maldives=Мальдивы;Mauritius=Маврикий;Mayotte=Майотта;Reunion=Реюньон`,
  Pacific: `Apia=Самоа;Auckland=Новая Зеландия;Bougainville=Бугенвиль;Chatham=Чатем;Chuuk=Трук;Easter=Остров Пасхи;
Efate=Вануату;Enderbury=Остров Кантон;Fakaofo=Токелау;Fiji=Фиджи;Funafuti=Тувалу;Galapagos=Галапагосские острова;
Gambier=Острова Гамбье;Guadalcanal=Соломоновы острова;Guam=Гуам;Honolulu=Гонолулу;Kanton=Остров Кантон;
Kiritimati=Киритимати;Kosrae=Косрае;Kwajalein=Кваджалейн;Majuro=Маршалловы острова;Marquesas=Маркизские острова;
Midway=Острова Мидуэй;Nauru=Науру;Niue=Ниуэ;Norfolk=Остров Норфолк;Noumea=Новая Каледония;
Pago_Pago=Американское Самоа;Palau=Палау;Pitcairn=Острова Питкэрн;Pohnpei=Понпеи;Ponape=Понпеи;
Port_Moresby=Порт-Морсби;Rarotonga=Острова Кука;Saipan=Северные Марианские острова;Tahiti=Таити;Tarawa=Тарава;
Tongatapu=Тонга;Truk=Трук;Wake=Уэйк;Wallis=Уоллис и Футуна`,
};

let names: ReadonlyMap<string, string> | undefined;

function readNames(): ReadonlyMap<string, string> {
  const pairs = Object.entries(regions).flatMap(([region, list]) =>
    list.split(";").map((pair) => {
      const [city = "", name = ""] = pair.trim().split("=");
      return [`${region}/${city}`, name] as const;
    }),
  );
  return new Map(pairs);
}

/** The Russian name of a zone's place; undefined for a zone that is not among them. */
export function russianPlace(zone: string): string | undefined {
  names ??= readNames();
  return names.get(zone);
}

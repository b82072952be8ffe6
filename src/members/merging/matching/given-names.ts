/**
 * Given names with the short and other forms that people sign with: the first is the full one. Facts of language, put
 * together by hand; a form may stand in several lines (Саша is Александр and Александра).
 */
const LINES = `
александр саша саня шура сашка санек алекс алик alexander aleksandr alexandr alex sasha sanya
александра саша саня шура сашенька alexandra aleksandra sandra
алексей леша леха алеша лешка alexey aleksei alex lyosha lesha
анастасия настя настена ася стася anastasia nastya stacy
анатолий толя толик anatoly tolya
андрей андрюша дрюня andrey andrei andrew andy
анна аня анюта нюра anna anya ann anne annie
антон тоша антоха anton tony
антонина тоня antonina tonya
аркадий аркаша arkady
артем тема темыч артемий artem artyom
борис боря boris borya
вадим вадик vadim vadik
валентин валя valentin
валентина валя valentina
валерий валера valery valera
валерия лера valeria lera
варвара варя varvara barbara
василий вася vasily vasya basil
вера верочка vera
вероника ника veronica veronika nika
виктор витя victor viktor vitya vic
виктория вика victoria viktoria vika vicky
виталий виталик vitaly vitalik
владимир вова володя вовчик vladimir vova volodya
владислав влад vladislav vlad
вячеслав слава vyacheslav slava
галина галя galina galya
геннадий гена gennady gena
георгий гоша жора georgy george gosha
григорий гриша grigory gregory greg grisha
дарья даша daria darya dasha
даниил данила даня daniil daniel danila dan danny
денис дениска дэн denis dennis den
диана diana
дмитрий дима митя димон димка dmitry dmitri dima mitya
евгений женя жека evgeny eugene zhenya gene
евгения женя evgenia eugenia zhenya
екатерина катя катюша ekaterina katherine catherine katya kate katie
елена лена elena helen lena
елизавета лиза elizaveta elizabeth liza lisa liz beth
иван ваня ванька ivan vanya
игорь игорек igor
илья илюша ilya ilia elijah
инна inna
ирина ира irina ira irene
кирилл кирюша kirill cyril
кира kira
константин костя konstantin constantine kostya
кристина kristina christina tina
ксения ксюша оксана ksenia xenia oksana ksusha
лариса лара larisa lara
лев лева lev leo
леонид леня leonid
любовь люба lyubov luba
людмила люда мила lyudmila ludmila mila
максим макс maxim maksim max
маргарита рита margarita margaret rita
марина marina
мария маша маруся маня maria mary masha
матвей мотя matvey matthew matt
михаил миша мишка mikhail michael mike misha
надежда надя nadezhda nadia nadya
наталья наташа ната наталия natalia natalie natasha nata
никита nikita nick
николай коля nikolay nicholas nick kolya
нина nina
олег олежка oleg
ольга оля olga olya
павел паша pavel paul pasha
петр петя pyotr petr peter pete petya
полина поля polina
роман рома ромка roman roma
руслан ruslan rus
светлана света svetlana sveta
семен сема semyon simon
сергей сережа серега серый sergey sergei serge seryozha serega
софья соня sofia sophia sofya sonya sophie
станислав стас stanislav stas stan
степан степа stepan stephan stephen steve
тамара тома tamara toma
татьяна таня tatiana tatyana tanya
тимофей тима тимоха timofey timothy tim
тимур timur tim
федор федя fyodor fedor theodore fedya
филипп филя filipp philip phil
эдуард эдик eduard edward ed eddie
юлия юля yulia julia yulya julie
юрий юра yury yuri yura
яна yana
ярослав ярик yaroslav
james jim jimmy
john jack johnny
jonathan jon jonny
joseph joe joey
joshua josh
robert bob rob robbie bobby
richard rick dick rich richie
william bill will billy liam
thomas tom tommy
charles charlie chuck
christopher chris
christian chris
benjamin ben benny
samuel sam sammy
samantha sam
anthony tony
david dave
donald don
kenneth ken kenny
ronald ron
jennifer jen jenny
jessica jess
rebecca becky
patricia pat trish patty
patrick pat
susan sue susie
deborah deb debbie
kimberly kim
nathaniel nathan nate
zachary zach zack
`;

/** Lines of the table: the forms of one name, the full one first. */
export const givenNames: readonly (readonly string[])[] = LINES.trim()
  .split("\n")
  .map((line) => line.split(" "));

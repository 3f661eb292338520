"""The names of holidays, and for each the rule by which its days are found.

A rule is a kind and its figures: ``fixed month day``, ``nth month weekday number``,
``easter days`` and ``orthodox days`` after Easter, ``hebrew month day``, ``islamic month day``,
``hindu month tithi hour``, ``sign sign month days``, and so on; ``length`` says how many days it
lasts. A line that begins with spaces goes on with the names of the one before.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """How the days of a holiday are found."""

    kind: str
    figures: tuple[int | float | str, ...]
    length: int = 1
    before: int = 0
    """Days it begins before the day that the rule names."""


_TABLE = """
fixed 1 1 | new year | new years | new year day | new years day | new year's day
fixed 12 31 | new year eve | new years eve | nye | silvester | hogmanay
fixed 1 6 | epiphany | three kings day | theophany
fixed 1 7 | orthodox christmas | orthodox christmas day
fixed 1 14 | orthodox new year | old new year
fixed 1 26 | australia day | republic day | india republic day | republic day of india
fixed 2 2 | groundhog day | candlemas | groundhogs day | candlemas day
fixed 2 14 | valentine day | valentines day | st valentine day | valentine | saint valentine day
fixed 2 29 | leap day
fixed 3 1 | st david day | saint david day | st davids day
fixed 3 8 | international womens day | womens day | women day | international women day
fixed 3 14 | pi day
fixed 3 17 | st patricks day | st patrick day | saint patricks day | st paddys day
    | st paddy day | saint patrick day
fixed 3 20 | world happiness day | international day of happiness | french language day
fixed 3 21 | nowruz | naw ruz | persian new year
fixed 4 1 | april fools | april fools day | april fool day | all fools day
fixed 4 15 | tax day
fixed 4 16 | emancipation day
fixed 4 20 | chinese language day | 420
fixed 4 22 | earth day
fixed 4 23 | st george day | saint george day | st georges day | english language day
    | spanish language day | feast of saint george
fixed 4 25 | anzac day | liberation day italy
fixed 5 1 | may day | labour day | international workers day | workers day
    | international worker day | worker day | labor day may | maharashtra day
fixed 5 4 | star wars day
fixed 5 5 | cinco de mayo
fixed 5 8 | ve day | victory in europe day
fixed 5 9 | europe day | victory day
fixed 5 25 | africa day | african freedom day | african liberation day | towel day
fixed 6 5 | world environment day
fixed 6 6 | d day | russian language day
fixed 6 14 | flag day
fixed 6 19 | juneteenth | freedom day | jubilee day
fixed 6 21 | world music day | international yoga day
fixed 6 24 | st john day | midsummer day | saint john day
fixed 7 1 | canada day | dominion day | bobby bonilla day
fixed 7 4 | independence day | american independence day | fourth of july
fixed 7 14 | bastille day
fixed 8 8 | international cat day | world cat day
fixed 8 15 | india independence day | indian independence day | assumption day
    | assumption of mary | feast of the assumption | independence day of india
fixed 8 16 | parsi new year | jamshedi navroz | jamshedi navroj | jamshedi nowroz | navroz
    | parsi navroz | jamshedi nowruz
fixed 9 11 | patriot day
fixed 9 17 | constitution day
fixed 9 19 | talk like a pirate day
fixed 9 21 | world peace day | peace day | international day of peace
fixed 10 2 | gandhi jayanti | mahatma gandhi jayanti
fixed 10 24 | united nations day | un day
fixed 10 31 | halloween | hallowe'en | all hallows eve | all hallow eve | reformation day
    | all saints eve | halloween day
fixed 11 1 | all saints day | all hallows | all hallows day | hallowmas | all saint day
    | feast of all saints
fixed 11 2 | all souls day | all soul day | day of the dead
fixed 11 5 | guy fawkes night | guy fawkes day | bonfire night | fireworks night | guy fawkes
fixed 11 9 | inventors day | world freedom day
fixed 11 11 | veterans day | veteran day | remembrance day | armistice day | singles day
    | poppy day
fixed 11 14 | children day india
fixed 11 19 | mens day | international mens day | men day | international men day
fixed 11 30 | st andrew day | saint andrew day | st andrews day | feast of saint andrew
fixed 12 5 | krampus night
fixed 12 6 | st nicholas day | saint nicholas day | st nicholas feast day
    | feast of saint nicholas | feast day of st nicholas
fixed 12 7 | pearl harbor day
fixed 12 8 | immaculate conception | feast of the immaculate conception
    | immaculate conception day
fixed 12 10 | human rights day | nobel day
fixed 12 18 | arabic language day
fixed 12 24 | christmas eve | xmas eve
fixed 12 25 | christmas | xmas | christmas day | x mas | xmas day
fixed 12 26 | boxing day | second christmas day | st stephen day | saint stephen day
    | st stephens day | day of goodwill
fixed 12 26 length 7 | kwanzaa
fixed 12 28 | holy innocents day | childermas
nth 1 0 3 | martin luther king day | martin luther kings day | mlk day | mlk jr day
    | martin luther king jr day | civil rights day | idaho human rights day
    | human rights day idaho
nth 2 0 3 | presidents day | president day | washington birthday | washingtons birthday
    | daisy gatson bates day | family day
nth 2 6 2 | world whale day
nth 3 0 2 | commonwealth day
nth 3 5 -1 | earth hour day
nth 4 5 -1 | arbor day
nth 4 4 -1 length 3 | gysd | global youth service day
nth 5 0 1 | early may bank holiday | may bank holiday
nth 5 0 -1 | memorial day | decoration day | spring bank holiday
nth 5 6 2 | mothers day | mother day
nth 5 5 3 | armed forces day may
nth 5 5 2 | military spouse day
nth 6 6 3 | fathers day | father day
nth 7 6 4 | parents day | parent day
nth 7 6 -1 | national parents day
nth 8 0 -1 | summer bank holiday | late summer bank holiday | august bank holiday
nth 8 4 1 | international beer day
nth 9 0 1 | labor day | us labor day
nth 10 0 2 | columbus day | indigenous peoples day | indigenous people day
    | canadian thanksgiving | thanksgiving canada | canada thanksgiving
nth 10 4 1 | world smile day
nth 10 6 2 | clergy appreciation day | pastor appreciation day
nth 10 5 3 | sweetest day
weekdaynear 10 16 | bosss day | boss day | bosss | bosses day
nth 11 3 4 | thanksgiving | thanksgiving day | turkey day
nth 11 3 4 after 1 | black friday
nth 11 3 4 after 2 | small business saturday
nth 11 3 4 after 4 | cyber monday
nth 11 3 4 after 5 | giving tuesday
nth 11 0 1 after 1 | election day | us election day
nth 9 0 1 after 6 | grandparents day | national grandparents day | grandparent day
admin | administrative professionals day | administrative professional day | secretaries day
    | secretary day | admins day | admin day
victoria | victoria day | sovereigns birthday | queens birthday
nth 12 6 4 | fourth advent
king | koningsdag | kings day | king day
earthhour | earth hour
easter 0 | easter | easter sunday | resurrection sunday | pascha sunday | western easter
easter -7 | palm sunday | branch sunday
easter -3 | maundy thursday | covenant thursday | thu of mysteries | thursday of mysteries
    | holy thursday | thursday of mystery | sheer thursday
easter -2 | good friday | great friday
easter -1 | holy saturday | black saturday | easter eve | easter saturday
easter 1 | easter monday | easter mon
easter 7 | divine mercy sunday | low sunday
easter 39 | ascension day | ascension thursday | holy thursday of ascension | ascension
easter 49 | pentecost | whit sunday | white sunday | whitsunday | whitsun | pentecost sunday
    | shavuot of christians
easter 50 | whit monday | pentecost monday | monday of the holy spirit | whitmonday
easter 56 | trinity sunday
easter 60 | corpus christi | feast of corpus christi
easter 68 | sacred heart
easter -46 | ash wednesday
easter -47 | mardi gras | shrove tuesday | pancake day | pancake tuesday | fat tuesday
easter -48 | shrove monday | rosenmontag
easter -46 length 46 | lent
orthodox 0 | orthodox easter | orthodox easter sunday | orthodox pascha | pascha | greek easter
    | great and holy feast of pascha
orthodox -2 | orthodox good friday | orthodox great friday
orthodox -1 | orthodox holy saturday | lazarus holy saturday
orthodox -8 | lazarus saturday
orthodox -7 | orthodox palm sunday | orthodox branch sunday
orthodox 1 | orthodox easter monday
orthodox 39 | orthodox ascension | orthodox ascension day
orthodox 49 | orthodox pentecost | orthodox pentecost sunday
orthodox 50 | orthodox whit monday | orthodox pentecost monday
orthodox 56 | orthodox trinity sunday
orthodox -48 | clean monday | orthodox ash monday | shrove monday orthodox
    | orthodox clean monday | orthodox shrove monday | monday of lent | ash monday
orthodox -50 | shrove saturday orthodox
orthodox -48 length 40 | great lent | great fast | orthodox lent
chinese 0 | chinese new year | chinese new years day | chinese new year day
    | chinese lunar new year | lunar new year | chinese lunar new years day | spring festival
chinese -1 | chinese new year eve | chinese lunar new year eve | lunar new year eve
chinese 14 | lantern festival
hebrew tishri 1 eve 1 length 3 | rosh hashanah | rosh hashana | rosh ha shanah | yom teruah
    | rosh hashanna | jewish new year
hebrew tishri 10 eve 1 length 2 | yom kippur
hebrew tishri 15 eve 1 length 9 | sukkot | succos | succot | sukkos | feast of the ingathering
    | feast of booths | feast of tabernacles | sukkoth | feast of ingathering
    | feast of shelters
hebrew tishri 22 eve 1 length 2 | shemini atzeret | shemini atzereth
hebrew tishri 23 eve 1 | simchat torah | simhat torah | simchas torah
hebrew kislev 25 eve 1 length 8 | hanukkah | hanukah | hannukkah | chanukah | chanukkah | hanuka
    | hannukah | festival of lights
hebrew shevat 15 eve 1 | tu bishvat | tu b shevat | tu bshevat | 15 shevat | tu bishvath
    | tu bshvat
hebrew adar 14 eve 1 | purim
hebrew adar 15 eve 1 | shushan purim
hebrew nisan 15 eve 1 length 9 | passover | pesach | pesah | feast of passover
hebrew nisan 27 eve 1 | yom hashoah | yom ha shoah | holocaust day | holocaust remembrance day
    | yom hashoa
hebrew iyar 5 eve 1 | yom haatzmaut | yom ha atzmaut | israeli independence day
    | israel independence day
hebrew iyar 18 eve 1 | lag bomer | lag baomer | lag b omer | lag laomer
hebrew sivan 6 eve 1 length 3 | shavuot | shavuos | shavuoth | feast of weeks
    | feast of the weeks
hebrew av 9 eve 1 fast | tisha bav | tisha b av | tishah bav
islamic 1 1 | islamic new year | amun jadid | hijri new year | muharram | islam new year
islamic 1 10 | ashura | day of ashura | ashura day
islamic 3 12 | mawlid | mawlid al nabi | prophet muhammad birthday | prophets birthday
    | milad un nabi | eid milad | eid e milad | mawlid al nabawi
islamic 7 27 | isra and miraj | isra miraj | ascension to heaven | night journey
    | the night journey | the prophets ascension | al isra wal miraj | laylat al miraj
islamic 8 15 | shab e barat | mid shaban | laylat al baraat
islamic 9 1 length 30 | ramadan | ramadhan | ramzan | ramzaan | ramadaan
islamic 9 27 | laylat al qadr | laylat al kadr | night of power | night of destiny
    | laylat ul qadr | night of measures
islamic 10 1 | eid al fitr | eid ul fitr | id ul fitr | eid | eid fitr | idul fitr
    | festival of breaking the fast | eid al fitar | lesser eid | ramadan bayram | sugar feast
    | id al fitr
islamic 12 10 | eid al adha | eid ul adha | id ul adha | sacrifice feast | bakr id | bakrid
    | feast of the sacrifice | eid adha | greater eid | bakri eid | eid al azha | idul adha
    | id al adha | festival of sacrifice | feast of sacrifice
islamic 12 9 | day of arafah | arafat day | day of arafat
wida | jumuatul wida | jamat ul vida | jumat ul wida | jumuatul vida | jamat ul wida
    | jumu atul wida
hindu 7 28 18.5 | dhanteras | dhanatrayodashi | dhanvantari trayodashi
hindu 7 30 18.5 before 1 | naraka chaturdashi | kali chaudas | choti diwali | chhoti diwali
    | roop chaudas | naraka nivaran chaturdashi | bhoot chaturdashi
hindu 7 30 18.5 | diwali | deepavali | divali | deepawali | lakshmi puja | laxmi puja
hindu 8 1 6 | govardhan puja | annakut
hindu 8 2 13 | bhai dooj | bhaidooj | bhau beej | yama dwitiya | bhai phonta | bhaubeej
    | bhai beej | bhaiya dooj | bhatri ditya | bhai tika
hindu 8 6 6 | chhath | chhath puja | surya shashthi | surya shashthi puja | dala chhath
    | chhath parv | dala puja | chhathi | dala chhathi
hindu 8 15 16 | guru nanak jayanti | guru nanak gurpurab | gurpurab | kartik purnima
    | guru nanak birthday
hindu 7 10 17.5 before 9 length 10 | navaratri | navratri | durga puja | durga pooja
    | durgotsava | nauratri | navarathri
hindu 7 7 12 | maha saptami | mahasaptami
hindu 7 8 12 | maha ashtami | mahashtami | durga ashtami
hindu 7 9 12 | maha navami | mahanavami
hindu 7 10 17.5 | dussehra | vijayadashami | dasara | dashain | vijaya dashami | dasera
    | dussehara | dasahra
hindu 7 15 12 | valmiki jayanti | sharad purnima | maharishi valmiki jayanti | pargat diwas
hindu 7 19 20 | karva chauth | karwa chauth | karaka chaturthi
hindu 12 15 19 | holika dahan | kamudu pyre | chhoti holi | choti holi
hindu 12 15 19 after 1 | holi | dhulandi | phagwah | dhuli vandana | rangwali holi | dhuleti
    | dhulivandan | phagwa | color holi | festival of colours | festival of colors
hindu 11 29 24 | maha shivaratri | maha shivratri | mahashivratri | shivaratri | shivratri
    | mahashivaratri
hindu 11 5 9 | vasant panchami | basant panchami | saraswati puja | vasanta panchami
    | saraswati pooja
hindu 11 15 16 | guru ravidas jayanti | guru ravidass jayanti | guru ravidas birthday
    | guru ravidass birthday | ravidas jayanti | guru ravidas | maghi purnima
hindu 1 1 6 | ugadi | yugadi | samvatsaradi | chaitra sukladi | chaitra sukhladi | gudi padwa
    | chaitra suddha padyami
hindu 1 9 12 | rama navami | ram navami | ramanavami
hindu 1 13 9 | mahavir jayanti | mahavir janma kalyanak | mahaveer janma kalyanak
    | mahaveer jayanti
hindu 1 15 9 | hanuman jayanti
hindu 2 3 9 | akshaya tritiya | akha teej
hindu 2 15 18 | vesak | vaisakha | buddha day | buddha purnima | wesak | vesakha
    | buddha jayanti | vaisakha day | visakha | vesak day
hindu 4 2 9 | rath yatra | ratha yatra | chariot festival | jagannath rath yatra | ratha jatra
    | rathayatra | ratha yathra | rathajatra
hindu 4 15 9 | guru purnima | vyasa purnima | asalha puja
hindu 5 5 9 | nag panchami | naga panchami
hindu 5 15 13 | raksha bandhan | rakshabandhan | rakhi | rakhi purnima | rakhri
hindu 5 23 24 | krishna janmashtami | janmashtami | gokulashtami | gokul ashtami | krishnashtami
    | saatam aatham | sree jayanti | sri krishna jayanti | shri krishna jayanti
    | krishna jayanti | krishna janmastami
hindu 6 4 12 | ganesh chaturthi | vinayaka chaturthi | ganeshotsav | vinayak chaturthi
    | vinayaka chavithi | ganesha chaturthi
hindu 10 7 12 | guru gobind singh birthday | guru gobind singh jayanti
    | guru govind singh jayanti | guru gobind singh gurpurab | guru govind singh birthday
sign 9 1 0 | makar sankranti | makara sankranti | makara sankranthi | maghi | makar sankranthi
    | pongal | thai pongal | surya pongal | uttarayan | perum pongal
sign 9 1 -1 | lohri | bhogi | bhogi pandigai | boghi
sign 9 1 1 | mattu pongal | maattu pongal
sign 9 1 2 | kaanum pongal | kanni pongal | kanu pongal | kanum pongal
sign 0 4 0 | vaisakhi | baisakhi | vaishakhi | vasakhi | mesha sankranti | tamil new year
    | puthandu | vishu | vaisakhadi
sign 0 4 25 | rabindra jayanti | rabindranath jayanti | rabindra joyonti
    | rabindranath tagore jayanti
onam -1 | onam | first onam
onam 0 | thiru onam | thiruvonam | thiruonam
"""


def _rule(head: str) -> Rule:
    words = head.split()
    length, shift = 1, 0
    for name in ("length", "after", "before", "eve"):
        if name in words:
            place = words.index(name)
            number = int(words[place + 1])
            del words[place : place + 2]
            if name == "length":
                length = number
            else:
                shift += -number if name == "after" else number
    figures = tuple(_figure(word) for word in words[1:])
    return Rule(words[0], figures, length, shift)


def _figure(word: str) -> int | float | str:
    try:
        return float(word) if "." in word else int(word)
    except ValueError:
        return word


def plain(word: str) -> str:
    """A word of a name without its apostrophes, and without a possessive or plural s."""
    word = word.lower().replace("'", "")
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _read() -> tuple[dict[str, Rule], dict[tuple[str, ...], str]]:
    rules: dict[str, Rule] = {}
    names: dict[tuple[str, ...], str] = {}
    for line in _TABLE.replace("\n   ", "").strip().splitlines():
        head, *given = (part.strip() for part in line.split("|"))
        rules[head] = _rule(head)
        for name in given:
            names.setdefault(tuple(plain(word) for word in name.split()), head)
    return rules, names


RULES, NAMES = _read()
LONGEST = max(len(name) for name in NAMES)

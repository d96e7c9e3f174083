"""The word lists: closed classes in full, and a modest open list that only settles truly ambiguous positions.

The grammar works for words in none of these lists; an open-class word is listed when its form alone would
mislead ("fruit bats" is a compound, "red cats" is not; "Water is wet" names no person called Water).
"""

from __future__ import annotations

import re
from typing import Final


def _bag(words: str) -> frozenset[str]:
    return frozenset(words.split())


PREPOSITIONS: Final = _bag(
    "in on at to from with without near under over above below behind beside inside outside into onto for about"
    " against through across around beyond toward towards upon within after before during along past off up down"
    " by beneath underneath opposite alongside among"
)
HEDGES: Final = _bag(
    "usually often sometimes always probably maybe perhaps possibly generally typically normally rarely seldom"
    " frequently occasionally mostly mainly almost nearly hardly barely scarcely likely unlikely apparently"
    " presumably allegedly supposedly certainly surely clearly obviously quite very really rather fairly extremely"
    " somewhat too so such just even still already yet also again together else most many few several much more"
    " less fewer least enough various lots both-and about-to roughly-speaking approximately largely chiefly"
    " currently formerly previously recently lately soon later today yesterday tomorrow tonight now then here"
    " ago ever once twice former alleged supposed so-called ex- abroad downstairs upstairs overseas indoors outdoors"
    " aloud aside forward backward forwards backwards halfway overnight meanwhile nowadays somehow somewhere anywhere"
    " everywhere nowhere anyway indeed besides altogether forever"
    " other another same different certain else instead otherwise however therefore thus hence moreover"
    " furthermore although though because since while whereas despite until till as than"
    " we you our your my me us mine yours ours this these those each-other"
    " could would should can may might must shall will ought cannot"
    " let please how why where when whenever whose that which who whom what"
    " hopefully sadly luckily highly slightly completely totally entirely partly absolutely truly deeply"
    " well away back only"
)
AUXILIARIES: Final = _bag("is are am was were be been being do does did has have had not never n't")
MODALS: Final = _bag("can could may might must shall should will would ought cannot")
FUNCTION: Final = (
    PREPOSITIONS
    | HEDGES
    | AUXILIARIES
    | _bag(
        "a an the every each all any no some none nothing nobody everything everyone everybody something someone"
        " somebody anything anyone anybody it he she they him her them his its their itself himself herself"
        " themselves themself and or but nor neither either both if unless except whoever whatever there of i"
        " true false case"
    )
)
# "people" and its kin restrict nothing: a rough person is whatever is rough.
EMPTY_NOUNS: Final = _bag("thing person one")
EMPTY_PLURALS: Final[dict[str, str]] = {
    "things": "thing",
    "people": "person",
    "persons": "person",
    "ones": "one",
}
# Nouns whose head is not what they speak of, or that measure: "a lot of cats", "a piece of cake".
MEASURES: Final = _bag(
    "lot lots piece glass cup kind sort type number group pair amount bit couple majority minority part half"
    " dozen percent slice bottle version example"
)
# Said of two together they mean "of each other", which is not what distribution over the two would say.
RECIPROCAL: Final = _bag(
    "friend sibling brother sister twin neighbor neighbour colleague partner enemy rival cousin ally roommate"
    " spouse lover classmate teammate relative couple team pair married equal similar different alike engaged"
    " related identical adjacent equivalent meet marry divorce collide fight agree quarrel compete differ kiss"
    " disagree argue separate"
)
# Verbs whose indefinite object need not exist ("wants a car"), or that only link ("becomes a doctor").
OPAQUE: Final = _bag(
    "want seek wish hope expect imagine desire deserve lack request promise fear plan try intend claim pretend"
    " need require prefer resemble worship avoid become remain seem appear doubt believe dream order predict"
    " demand"
)
# What one has, knows or is in for a while: in the past it may be over ("Anne had a car"), unlike an event.
STATIVE: Final = _bag(
    "have own possess know like love hate adore despise admire respect trust need want fear envy believe live reside"
    " belong contain cost weigh measure equal resemble match fit lack employ work exist depend consist understand"
    " prefer deserve wear doubt remain seem stay occupy surround border oppose support represent"
)
# Whom one sees, hears or makes may do something: "sees the dog walk".
PERCEIVED: Final = _bag("see hear watch feel notice observe make let help have get keep want need find bid teach leave")
# Unlisted words that begin a sentence and are no part of the name behind them: "Suppose Anne is ill".
OPENERS: Final = _bag(
    "suppose assume imagine consider given granted provided regarding concerning considering according"
    " notwithstanding unlike hello dear thanks yes okay oh alas please unfortunately nevertheless nonetheless"
    " accordingly consequently additionally finally next second third lastly similarly likewise conversely"
    " specifically namely anyway incidentally thankfully surprisingly evidently actually basically essentially"
    " honestly admittedly naturally eventually ultimately initially originally whichever whomever lest"
    " supposing barring pending excluding including meanwhile ask tell note notice make sure ensure see let"
    " maybe perhaps per via versus amid amidst among since"
)
# These take their prepositional phrase themselves: "puts a book on the table".
PLACING: Final = _bag(
    "put place give send bring take show sell lend teach tell throw lay hang set carry move pass hand pay owe"
    " offer feed write buy get receive borrow steal learn keep leave add attach drop pour push pull connect link"
    " compare introduce explain describe report assign deliver ship transfer return prefer"
)

ADJECTIVES: Final = _bag(
    "big small large little tiny huge giant tall short long high low deep shallow wide narrow broad thick thin fat"
    " slim heavy light old young new ancient modern early late good bad great nice kind mean cruel gentle fierce"
    " friendly unfriendly lovely ugly silly lonely holy jolly curly deadly elderly costly lively lowly beautiful"
    " pretty handsome cute rough smooth soft hard sharp dull blunt flat round square straight curved bent hot cold"
    " warm cool wet dry damp icy frozen red green blue yellow orange purple pink brown black white gray grey golden"
    " bright dark pale clear opaque transparent shiny metallic wooden clean dirty dusty muddy fresh rotten ripe raw"
    " sweet sour bitter salty spicy tasty delicious happy sad angry calm nervous shy brave bold afraid scared proud"
    " humble jealous tired sleepy hungry thirsty sick ill healthy strong weak fit poor rich wealthy cheap expensive"
    " free busy lazy quiet loud noisy silent smart clever wise stupid foolish intelligent careful careless honest"
    " loyal polite rude generous selfish patient famous popular important useful useless necessary safe dangerous"
    " fast slow quick rapid alive dead live open closed full empty hollow solid liquid fluffy furry hairy bald"
    " feathery scaly wild tame domestic foreign native local national public private royal legal illegal valid"
    " invalid active passive eligible married single divorced engaged pregnant excited interested bored worried"
    " pleased surprised confused annoyed satisfied disappointed frightened relaxed experienced qualified licensed"
    " retired registered certified educated crowded broken locked injured wounded damaged lost hidden wanted"
    " unemployed employed aged armed blessed talented gifted skilled related allergic similar equal guilty"
    " innocent responsible ready able unable aware sure glad sorry mad crazy insane sane blind deaf lame mortal"
    " immortal holy evil sacred ordinary special rare common simple complex easy difficult tough tender fragile"
    " hardy prime even odd main major minor senior junior chief central northern southern eastern western"
    " southern urban rural polar tropical nocturnal wooden woolen plastic electric digital venomous poisonous"
    " toxic harmless harmful carnivorous herbivorous aquatic edible sour floral earthy fruity luminous amenable"
    " aggressive temperate moderate melodic discordant overcast sunny rainy snowy windy cloudy foggy nasty"
    " boring interesting exciting charming caring loving amazing annoying surprising promising missing living"
    " dying working flying outstanding willing cunning striking confusing tiring demanding hardworking daring"
    " american german french english british italian spanish chinese japanese russian canadian mexican indian"
    " greek roman dutch swiss irish scottish welsh european african asian australian polish swedish danish"
    " norwegian finnish turkish brazilian egyptian korean christian jewish muslim catholic"
    " friendly hostile neutral happy unhappy unkind unfair fair unsafe dishonest disloyal impolite impatient"
    " daily weekly monthly yearly only-child bearded winged striped spotted horned haunted trusted beloved"
    " strict severe urgent fatal final funny furious sober eager proper clever bitter slender inner outer upper"
    " lower welcome present absent visible invisible possible impossible potential fake compulsory optional due"
    " alone first last next nearby outdoor indoor available unavailable correct incorrect true-hearted void pending"
    " complete incomplete perfect proud stubborn timid vain witty gloomy cheerful grumpy muscular athletic plump"
    " fragrant spiky prickly slippery sticky fuzzy silky velvety glossy rusty crispy crunchy juicy creamy greasy"
)
# These do not simply restrict: a fake coin is no coin. They are read after "is", not before a noun.
NONINTERSECTIVE: Final = _bag(
    "fake possible potential impossible first last next counterfeit forged bogus sham mock dummy imitation pretend"
    " would-be wannabe so-called self-styled purported supposed putative apparent seeming probable likely unlikely"
    " prospective future past erstwhile onetime hypothetical fictional fictitious imaginary mythical virtual artificial"
    " quasi pseudo near-perfect failed aspiring ostensible pretended"
)
# Said of one who does something they tell how: a heavy smoker is not heavy, an old friend need not be old.
SUBSECTIVE: Final = _bag(
    "good bad great excellent terrible heavy light fast slow hard early late frequent regular keen close avid"
    " casual chief general"
)
HUMANS: Final = _bag("person man woman child boy girl baby adult teenager human lady guy kid")
# Of one group hardly two are said of the same thing: "young and old people" are of two kinds.
CONTRARIES: Final = (
    _bag("red green blue yellow orange purple pink brown black white gray grey golden"),
    _bag("young old new ancient modern elderly"),
    _bag("big small large little tiny huge giant"),
    _bag("tall short long high low"),
    _bag("hot cold warm cool"),
    _bag("wet dry damp"),
    _bag("rich poor wealthy"),
    _bag("married single divorced widowed"),
    _bag("male female"),
    _bag("alive dead living"),
    _bag("open closed"),
    _bag("full empty part-time full-time"),
    _bag("cheap expensive"),
    _bag("sick ill healthy injured"),
    _bag("happy sad"),
    _bag("good bad evil"),
    _bag("strong weak"),
    _bag("early late"),
    _bag("active passive inactive retired"),
    _bag("domestic foreign international national local"),
    _bag("public private"),
    _bag("internal external inner outer upper lower"),
    _bag("junior senior"),
    _bag("urban rural"),
    _bag("northern southern eastern western central"),
    _bag("daily weekly monthly yearly"),
    _bag("wild tame"),
    _bag("employed unemployed self-employed retired"),
    _bag("wooden plastic metallic woolen"),
    _bag("solid liquid"),
    _bag("even odd"),
    _bag("loud quiet silent noisy"),
    _bag("clean dirty"),
    _bag("light heavy dark bright"),
    _bag(
        "american german french english british italian spanish chinese japanese russian canadian mexican indian greek"
        " roman dutch swiss irish scottish welsh european african asian australian polish swedish danish norwegian"
        " finnish turkish brazilian egyptian korean"
    ),
    _bag("christian jewish muslim catholic"),
)
NOUNS: Final = _bag(
    "cat dog cow mouse lion tiger bear eagle rabbit squirrel horse bird fish bat fox wolf sheep goat pig duck hen"
    " chicken rooster goose frog toad snake lizard turtle whale dolphin shark spider insect bee ant fly wasp"
    " butterfly worm animal mammal reptile kitten puppy monkey ape elephant giraffe zebra camel deer penguin owl"
    " crow raven parrot swan pigeon pet beast creature bug man woman child boy girl baby adult teenager person"
    " human mother father parent son daughter brother sister uncle aunt cousin grandmother grandfather grandparent"
    " husband wife friend enemy neighbor neighbour king queen prince princess lord knight soldier officer police"
    " teacher student pupil professor doctor nurse dentist lawyer judge farmer baker butcher carpenter plumber"
    " engineer scientist chemist physicist artist painter singer dancer actor actress writer author poet musician"
    " player driver pilot sailor captain manager boss worker employee employer owner customer client buyer seller"
    " tenant landlord citizen voter president minister senator mayor member leader guest visitor stranger thief"
    " car bus train truck bike bicycle boat ship plane airplane vehicle engine wheel road street bridge house home"
    " building school university college hospital church museum library office shop store market bank hotel"
    " restaurant kitchen garden park forest tree plant flower grass leaf apple banana orange lemon pear cherry"
    " fruit vegetable carrot potato tomato bean rice wheat corn bread cake cookie pie cheese butter milk water"
    " juice coffee tea beer wine oil salt sugar honey meat beef pork food meal lunch dinner breakfast egg soup salad"
    " table chair desk bed sofa door window wall floor roof room box bag bottle cup glass plate knife fork spoon"
    " book newspaper magazine letter story poem song movie film picture painting photo map paper pen pencil phone"
    " computer machine robot program code file data camera radio television clock watch key lock ring coin money"
    " dollar euro price cost age weight height size length width color colour name number day night week month year"
    " morning evening summer winter spring autumn city town village country state island mountain hill river lake"
    " sea ocean beach desert field farm sky sun moon star planet earth world air fire ice snow rain wind cloud storm"
    " stone rock sand mud gold silver iron steel copper bronze lead tin wood glass plastic rubber leather cotton"
    " wool silk cloth shirt coat hat shoe dress skirt sock glove music art science history physics chemistry"
    " biology mathematics math language sport football soccer tennis basketball baseball chess game team club toy"
    " ball doll gun sword weapon shield tool hammer nail rope chain company business job project plan contract law"
    " rule right duty tax loan account payment invoice order product item service ticket license passport visa"
    " permit certificate degree course class lesson exam test grade score prize award gift present party meeting"
    " event problem question answer idea fact truth lie reason cause effect disease illness virus drug medicine"
    " pill heart head hand foot arm leg eye ear nose mouth tooth hair skin blood bone body brain mind soul god angel"
    " ghost witch wizard dragon monster giant hero villain coach guard fan cook chef kid guy lady gentleman sibling"
    " twin family crowd army navy capital border nation number integer prime sum shape square circle triangle"
    " rectangle line point side fuel petrol diesel gas energy power light heat sound noise metal mineral crystal"
    " diamond jewel furniture information knowledge luggage equipment advice traffic homework software hardware"
    " electricity gravity justice freedom love hope fear anger happiness sadness silence darkness"
    " birth death life work truck van taxi tram airport station harbor port fence gate lawn yard cabin hut tent"
    " castle palace tower temple basement attic garage lamp candle mirror blanket pillow towel soap brush comb"
    " basket bucket barrel jar can tin pot pan bowl oven stove fridge freezer device sensor battery screen"
    " keyboard server network website password user admin account email message report document form record"
    " patient applicant candidate claim claimant policy premium insurance salary wage bonus fee fine penalty"
    " discount refund debt credit deposit owner seat row floor supplier vendor partner director employee intern"
    " manager guest cheetah leopard panda koala kangaroo hamster hedgehog otter seal beaver donkey mule pony bull"
    " dark rent walk guide cure visit dream smile laugh kiss hug vote crew staff siren alarm bell voltage freshman"
    " calf lamb pup cub vegan vegetarian carnivore herbivore predator prey vertebrate amphibian"
)
MASS: Final = _bag(
    "water milk juice coffee tea beer wine oil salt sugar honey meat beef pork food rice wheat corn bread cheese"
    " butter gold silver iron steel copper bronze lead tin wood glass plastic rubber leather cotton wool silk cloth"
    " money music art science history physics chemistry biology mathematics math football soccer tennis basketball"
    " baseball chess air fire ice snow rain wind sand mud stone grass fruit cake fuel petrol diesel gas energy power"
    " light heat sound noise metal furniture information knowledge luggage equipment advice traffic homework"
    " software hardware electricity gravity justice freedom love hope fear anger happiness sadness silence darkness"
    " blood hair skin paper medicine insurance data soap smoke steam dust dirt clay coal chalk concrete cement"
    " flour pepper vinegar yogurt cream chocolate soup sauce lemonade lava magma oxygen hydrogen nitrogen carbon"
    " helium mercury platinum zinc nickel aluminum aluminium uranium granite marble limestone quartz bamboo hay"
    " straw venom poison acid alcohol whisky vodka rum syrup jam mustard garlic spinach broccoli"
)
VERBS: Final = _bag(
    "eat see need like chase visit love hate help know meet teach follow own sell buy give send bring take put"
    " place drive ride fly swim run walk jump sleep sing dance cook read write draw paint play watch hear listen"
    " speak talk say tell ask answer call live work study learn travel move stay sit stand lie lay fall rise grow"
    " drink bite bark meow purr roar hunt kill catch feed carry hold throw kick push pull cut break build make"
    " create destroy repair fix clean wash open close lock start stop begin finish win lose fight attack defend"
    " protect guard save rescue hurt trust respect admire fear avoid support join leave enter pass cross climb"
    " marry divorce raise manage lead rule govern hire fire employ pay owe earn spend cost lend borrow steal rent"
    " lease use want have get keep find hide show wear hang burn melt freeze boil shine glow rain snow laugh smile"
    " cry shout whisper sneeze cough breathe die swallow chew lick smell taste touch feel hug kiss greet invite"
    " praise blame punish reward forgive thank obey serve treat cure examine test check inspect approve reject accept"
    " refuse sign order offer request receive deliver ship contain include cover surround border connect attach"
    " belong depend consist believe doubt understand remember forget think hope wish prefer choose elect vote"
    " appoint nominate represent describe explain mention report publish print copy design invent discover develop"
    " produce manufacture program compose direct perform practice train coach compete race cause prevent allow"
    " permit forbid exceed equal resemble match fit weigh measure count arrive depart return wait look smoke drown"
    " howl growl sting float sink dive crawl hop fear scare frighten annoy please surprise interest bore worry"
    " confuse satisfy harm injure wound damage steal rob cheat deceive lie insult complain argue agree disagree"
    " attend graduate pass fail qualify register supervise assist advise consult counsel diagnose vaccinate bake fry"
    " grill plant water harvest milk breed herd pet tame train groom walk brush sweep dust mop iron sew knit mend"
    " belong collect gather store stack pack load unload mark park tow steer sail row dock land hit beat punch shoot"
    " wake dream snore yawn stare gaze glance notice observe spot detect recognize identify hate despise adore"
    " envy miss welcome escort accompany entertain amuse bother tease bully threaten warn alert inform notify teach"
    " educate tutor mentor guide befriend adopt bury bless curse summon worship pray preach explore visit tour"
    " occupy possess lack inherit donate contribute invest insure mortgage audit tax fine refund cancel renew expire"
    " hatch migrate hibernate photosynthesize swim orbit rotate spin reflect absorb emit conduct attract repel"
    " dissolve float evaporate expand shrink block touch reach face oppose join contact visit email phone text"
    " become remain seem appear apply supply reply rely comply imply multiply bully rally crow ring sound bloom drum"
    " click tick rust flower nest hammer nail screw mail film photograph dress comb storm farm fish judge nurse pilot"
    " ski skate dart dash wander roam patrol scratch glitter gleam sparkle glisten twinkle crumble wilt bounce slide"
    " slip crash explode leak drip spill drop pour pump crank steam heat cool warm chill age ripen rot decay sprout"
    " sneer grin frown blush sweat shiver tremble limp stumble march parade camp tent pitch bat bowl catch dive race"
    " referee host chair head captain father mother parent police monitor screen tax bill fund bank budget trade"
    " market borrow pawn bet gamble risk challenge dare question query answer schedule book reserve seat table shelve"
    " file log record tape store fuel power charge light shade color colour paint mark score grade rate rank value"
    " price number list name label title sign stamp seal post address ship truck cart ferry bike cycle drive"
    " shield arm equip man staff crew back oppose second rock shake roll float fold wrap tie knot chain lock bolt"
    " snow hail thunder freeze dust rake plow plough sow reap shear shepherd corral saddle bridle house shelter"
    " swallow peck nibble gnaw graze prowl pounce stalk slither swim waddle gallop trot canter soar glide hover perch"
)
# Surnames aside, only these lower-case words of the lists above are also first names.
NAMES: Final = _bag(
    "rose grace joy hope mark bill jack frank rich grant art will olive violet ruby amber pearl daisy ivy rob pat sue"
    " drew gene dean earl duke may june april august summer autumn dawn eve faith melody penny holly cherry"
    " ray chase hunter mason taylor cooper carter king prince victor lance chuck nick wade guy miles robin jay hazel"
    " ginger angel christian roman paris jordan"
)
S_NAMES: Final = _bag(
    "james charles thomas chris francis agnes iris lucas nicholas jess ross carlos andreas douglas alexis paris athens"
    " texas mars venus naples brussels jesus moses socrates pythagoras archimedes hercules achilles aristoteles"
    " mercedes dolores frances gladys phyllis doris lois janis otis amos silas elias tobias jonas markus marcus"
    " julius wales illinois kansas arkansas hans jens lars klaus jules yves dennis curtis travis lewis"
)
# A listed common word at the beginning of a name that has several words: "New York", "King Henry".
NAME_STARTS: Final = _bag(
    "new north south east west great saint san los lake mount mountain king queen prince princess doctor professor"
    " president captain uncle aunt lord lady judge general officer nurse father mother sister brother sir mister"
    " miss fort port cape river minister senator mayor detective inspector"
)
PERSON_NOUNS: Final = _bag(
    "person man woman child boy girl baby adult teenager human mother father parent son daughter brother sister"
    " uncle aunt cousin grandmother grandfather husband wife friend enemy neighbor neighbour king queen prince"
    " princess lord knight soldier officer teacher student pupil professor doctor nurse dentist lawyer judge farmer"
    " baker butcher carpenter plumber engineer scientist chemist physicist artist painter singer dancer actor"
    " actress writer author poet musician player driver pilot sailor captain manager boss worker employee employer"
    " owner customer client buyer seller tenant landlord citizen voter president minister senator mayor member"
    " leader guest visitor stranger thief patient applicant candidate claimant user admin intern director"
    " volunteer adopter donor keeper trainer borrower reader librarian passenger traveler traveller pensioner shopper"
    " subscriber cardholder shareholder policyholder resident contractor trainee nominee attendee inspector supervisor"
    " accountant architect pharmacist therapist surgeon physician veterinarian caretaker caregiver guardian spouse"
    " grandparent grandchild sibling toddler learner renter signatory trustee freelancer sponsor instructor examiner"
    " assessor assistant colleague bystander pedestrian cyclist villager founder partner beneficiary insurer"
)
# "a friend of Bob": relations that many may stand in; the others are said with "the".
MANY_OF: Final = RECIPROCAL | _bag(
    "member part child son daughter student pupil employee customer citizen fan teacher resident native supporter"
    " follower subset supplier guest tenant descendant parent grandparent ancestor grandchild grandson type"
)
# What is left out without loss: it joins sentences or stresses what they say anyway.
DISCOURSE: Final = _bag("also therefore thus hence moreover furthermore indeed clearly obviously however now currently")
# How many, and how often: no rule can use that.
SHARES: Final = _bag("most many few several various much more less fewer least enough lots")
FREQUENCIES: Final = _bag(
    "usually often sometimes generally typically normally rarely seldom frequently occasionally mostly mainly almost"
    " nearly hardly barely scarcely largely chiefly"
)
# What is reported, believed or doubted need not be so.
ATTITUDES: Final = _bag(
    "deny believe think say claim know hope suspect doubt argue report state assert assume expect guess hear"
    " admit agree announce mention explain insist promise suggest imagine dream pretend remember forget learn"
    " discover prove show conclude suppose wish fear declare swear feel understand confirm allege predict"
    " complain warn tell notice realise realize find wonder"
)
# "the city of Paris" is Paris; "the left of Bob" is a direction.
APPOSITIVE: Final = _bag("city town village state island province county republic kingdom month year game land")
PLACES: Final = _bag("left right front back side north south east west middle center centre top bottom rest end")
# Before "and likes Bob" these have no object of their own to share: "sleeps and likes Bob".
INTRANSITIVE: Final = _bag(
    "sleep walk run swim fly bark meow purr roar howl growl crow sing dance laugh smile cry shout whisper sneeze cough"
    " breathe live die work rest wake dream snore yawn sit stand lie rise fall arrive travel go come stay wait talk"
    " speak rain snow shine glow bloom jump hop crawl crash float sink fail win lose study graduate exist happen"
    " disappear vanish migrate hibernate rust rot wilt ring explode gamble lie shiver tremble limp stumble march glide"
    " hover soar gallop trot waddle slither prowl graze glitter sparkle twinkle emerge retire"
)
# Objects that say when or how much, not what: "sleeps every day", "sleeps a lot".
TIMES: Final = _bag(
    "day night week month year hour minute second moment time morning afternoon evening weekend century decade"
    " lot bit deal while mile meter metre kilometer inch monday tuesday wednesday thursday friday saturday sunday"
    " january february march april may june july august september october november december christmas easter"
)
TIMED: Final = _bag("like love hate enjoy spend waste miss remember forget have prefer count celebrate mention")
# "it is cold", "it rains" may speak of the weather or the hour, of nothing mentioned.
WEATHER: Final = _bag(
    "cold hot warm cool dark late early sunny rainy windy cloudy foggy snowy wet dry light bright icy stormy quiet"
    " rain snow hail drizzle thunder freeze pour"
)
NUMBER_WORDS: Final[dict[str, str]] = {
    word: str(value)
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
    if value != 1
} | {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90"}


NUMBER: Final = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\Z")

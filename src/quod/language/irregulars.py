"""Irregular nouns and verbs: forms whose lemma no rule of spelling gives."""

from __future__ import annotations

from typing import Final


def _pairs(words: str) -> dict[str, str]:
    """The mapping that "form:lemma form:lemma" spells."""
    return {form: lemma for form, _, lemma in (pair.partition(":") for pair in words.split())}


IRREGULAR_PLURALS: Final = _pairs(
    "men:man women:woman children:child mice:mouse geese:goose feet:foot teeth:tooth oxen:ox lice:louse"
    " wolves:wolf knives:knife leaves:leaf wives:wife thieves:thief calves:calf loaves:loaf elves:elf"
    " shelves:shelf halves:half selves:self hooves:hoof lives:life scarves:scarf policemen:policeman"
    " firemen:fireman gentlemen:gentleman salesmen:salesman criteria:criterion phenomena:phenomenon"
    " analyses:analysis crises:crisis theses:thesis buses:bus gases:gas lenses:lens quizzes:quiz houses:house"
    " causes:cause uses:use excuses:excuse spouses:spouse blouses:blouse clauses:clause pauses:pause fuses:fuse"
    " muses:muse abuses:abuse warehouses:warehouse greenhouses:greenhouse irises:iris movies:movie"
    " cookies:cookie pies:pie ties:tie lies:lie zombies:zombie calories:calorie genies:genie rookies:rookie"
    " shoes:shoe toes:toe canoes:canoe hoes:hoe foes:foe aches:ache caches:cache atlases:atlas canvases:canvas"
    " biases:bias aliases:alias"
)
IRREGULAR_PASTS: Final = _pairs(
    "ate:eat saw:see gave:give took:take went:go came:come ran:run swam:swim sang:sing drank:drink began:begin"
    " wrote:write drove:drive rode:ride spoke:speak broke:break chose:choose stole:steal woke:wake wore:wear"
    " flew:fly drew:draw grew:grow knew:know threw:throw blew:blow fell:fall held:hold told:tell sold:sell"
    " bought:buy brought:bring thought:think taught:teach caught:catch fought:fight sought:seek found:find"
    " built:build sent:send spent:spend lent:lend lost:lose met:meet fed:feed led:lead kept:keep slept:sleep"
    " felt:feel left:leave dealt:deal meant:mean made:make paid:pay said:say laid:lay sat:sit stood:stand"
    " understood:understand won:win hid:hide bit:bite shot:shoot got:get forgot:forget heard:hear dug:dig"
    " hung:hang struck:strike sank:sink rose:rise froze:freeze became:become forgave:forgive bred:breed"
    " bent:bend owed:owe tied:tie died:die lied:lie"
)
IRREGULAR_PARTICIPLES: Final = _pairs(
    "eaten:eat seen:see given:give taken:take sung:sing drunk:drink begun:begin written:write driven:drive"
    " ridden:ride spoken:speak broken:break chosen:choose stolen:steal worn:wear flown:fly drawn:draw"
    " grown:grow known:know thrown:throw blown:blow held:hold told:tell sold:sell bought:buy brought:bring"
    " taught:teach caught:catch fought:fight sought:seek found:find built:build sent:send spent:spend lent:lend"
    " lost:lose met:meet fed:feed led:lead kept:keep felt:feel left:leave made:make paid:pay said:say laid:lay"
    " won:win hidden:hide bitten:bite shot:shoot forgotten:forget heard:hear dug:dig struck:strike"
    " frozen:freeze forgiven:forgive put:put set:set cut:cut hit:hit hurt:hurt read:read bred:breed born:bear"
    " done:do shown:show beaten:beat understood:understand hung:hang shut:shut owed:owe tied:tie swum:swim"
    " run:run thought:think"
)
IRREGULAR_THIRD: Final = _pairs("goes:go lies:lie dies:die ties:tie aches:ache focuses:focus buses:bus shoes:shoe")
SAME_PLURALS: Final = frozenset(["aircraft", "bison", "deer", "fish", "moose", "salmon", "sheep", "trout"])
MEN_SINGULARS: Final = frozenset(
    [
        "abdomen",
        "acumen",
        "amen",
        "bitumen",
        "cyclamen",
        "omen",
        "regimen",
        "semen",
        "specimen",
        "stamen",
        "women",
        "yemen",
    ]
)
PLURAL_ONLY_SINGULAR: Final = frozenset(
    ["boss", "bus", "economics", "gas", "lens", "mathematics", "news", "physics", "politics", "series", "species"]
)
SAME_PASTS: Final = frozenset(
    ["bet", "cost", "cut", "hit", "hurt", "let", "put", "quit", "read", "set", "shut", "split", "spread"]
)

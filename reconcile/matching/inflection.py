"""Genitive and locative of Polish place names: „Płocka”, „w Żorach”, „Dąbrowie Górniczej”.

The rules give every form that an ending allows, also where usage has chosen one of them
(„Brzegu”, not „Brzega”): a form that nobody writes matches nothing. Forms are for looking up,
never for writing. They are made once for each name of a register.
"""

import re
from collections.abc import Iterator
from itertools import islice, product
from typing import Literal, NamedTuple

Case = Literal["gen", "loc"]
"""Genitive („miasta Płocka”) or locative („w Płocku”)."""


class Form(NamedTuple):
    """A name in a case, in lower case, with single spaces and hyphens as in the name."""

    text: str
    case: Case


class _Endings(NamedTuple):
    """What stands for an ending in the genitive and in the locative; blanks part variants."""

    ending: str
    gen: str
    loc: str


# "-" is the bare stem. The first ending that fits is taken, so longer ones stand first.
_NOUNS = tuple(
    _Endings(*line.split("|"))
    for line in """\
iec|ca eca|cu
jec|jca|jcu
ec|ca eca|cu
iek|ieka|ieku
ek|ka ku eka|ku
ów|owa owu|owie
ew|ewa ewu|ewie
aw|awia awiu awu|awiu awie
w|wa wu|wie
ń|nia ni|niu ni
ć|cia ci|ciu ci
ś|sia si|siu si
ź|zia zi|ziu zi
el|ela la|elu lu
l|la lu li|lu li
j|ja ju i|ju i
sz|sza szu szy|szu szy
cz|cza czu czy|czu czy
rz|rza rzu rzy|rzu rzy
dz|dza dzu dzy|dzu dzy
ż|ża żu ży|żu ży
c|ca cu cy|cu cy
ch|cha chu|chu
k|ka ku|ku
g|ga gu|gu
t|ta tu|cie
d|da du|dzie
r|ra ru|rze
ł|ła łu|le
b|ba bu bia|bie biu
p|pa pu pia|pie piu
m|ma mu mia|mie miu
n|na nu|nie
s|sa su|sie
z|za zu|zie
iska|iski isk|isce iskach
ka|ki|ce
ga|gi|dze
cha|chy|sze
ia|i ii|i ii
ja|ji i|ji i
la|li|li
ca|cy|cy
cza|czy|czy
sza|szy|szy
rza|rzy|rzy
dza|dzy|dzy
ża|ży|ży
ła|ły|le
ta|ty|cie
da|dy|dzie
ra|ry|rze
na|ny|nie
wa|wy|wie
ba|by|bie
pa|py|pie
ma|my|mie
sa|sy|sie
za|zy|zie
ko|ka|ku
go|ga|gu
cho|cha|chu
to|ta|cie
do|da|dzie
ro|ra|rze
ło|ła|le
no|na|nie
wo|wa|wie
bo|ba|bie
po|pa|pie
mo|ma|mie
so|sa|sie
zo|za|zie
lo|la|lu
jo|ja|ju
co|ca|cu
żo|ża|żu
ice|ic|icach
yce|yc|ycach
ce|c ec|cach
le|la li|lu lach
rze|rza rzy|rzu rzach
cze|cza czy|czu czach
sze|sza szy|szu szach
że|ża ży|żu żach
je|i jów|jach
ie|ia|iu
ki|k ek|kach
gi|g|gach
i|-|iach
y|-|ach
""".splitlines()
)
# Plural neuters look like feminines: „Łaziska Górne”, „Białe Błota”, „Jeziora Wielkie”.
_PLURAL_NEUTERS = {
    "łaziska": ("łazisk", "łaziskach"),
    "błota": ("błot", "błotach"),
    "jeziora": ("jezior", "jeziorach"),
    "osiedla": ("osiedli", "osiedlach"),
}
_IRREGULAR = {
    "białystok": ("białegostoku", "białymstoku"),
    "krasnystaw": ("krasnegostawu", "krasnymstawie"),
    "gołdap": ("gołdapi", "gołdapi"),
    "las": ("lasu", "lesie"),
    "miasto": ("miasta", "mieście"),
    "narew": ("narwi", "narwi"),
    "orły": ("orłów", "orłach"),
    "ostrów": ("ostrowa ostrowi", "ostrowie ostrowi"),
    "piaski": ("piasków piask", "piaskach"),
    "sól": ("soli", "soli"),
    "tychy": ("tychów tych", "tychach"),
    "wieś": ("wsi", "wsi"),
    "zdrój": ("zdroju", "zdroju"),
}
_ADJECTIVES = tuple(
    _Endings(*line.split("|"))
    for line in """\
ki|kiego|kim
gi|giego|gim
y|ego|ym
ka|kiej|kiej
ga|giej|giej
a|ej|ej
kie|kiego kich|kim kiem kich
gie|giego gich|gim giem gich
e|ego ych|em ym ych
""".splitlines()
)
# From these words on nothing changes: „Kostrzyn nad Odrą”, „Góra Świętej Małgorzaty”.
_UNCHANGED_FROM = {"nad", "pod", "na", "świętej", "świętego"}
_SURELY_ADJECTIVE = re.compile(
    r".+(?:sk|ck|dzk)(?:i|a|ie)|(?:now|star|biał|czarn|mał|dobr|górn|doln|sucho?|głuch)[yae]"
    r"|wielk(?:i|a|ie)|zielona|jelenia|bystra"
)
_SURELY_NOUN_ALONE = re.compile(r".*(?:y|i|[cljżi]a|[clżj]e|[^kg]ie)")
_MOST_FORMS = 64


def forms(name: str) -> frozenset[Form]:
    """Genitive and locative forms of a lower-case name, the name itself left out.

    Words are parted by spaces or hyphens.
    """
    words = name.replace("-", " - ").split()
    cases: tuple[list[list[str]], list[list[str]]] = ([], [])
    fixed = False
    for word in words:
        fixed = fixed or word in _UNCHANGED_FROM
        unchanged = fixed or word == "-"
        both = ([word], [word]) if unchanged else _word(word, alone=len(words) == 1)
        for variants, found in zip(cases, both, strict=True):
            variants.append(found)
    gen = {Form(text, "gen") for text in _joined(cases[0])}
    loc = {Form(text, "loc") for text in _joined(cases[1])}
    return frozenset(form for form in gen | loc if form.text != name)


def _joined(words: list[list[str]]) -> Iterator[str]:
    for chosen in islice(product(*words), _MOST_FORMS):
        yield " ".join(chosen).replace(" - ", "-")


def _word(word: str, *, alone: bool) -> tuple[list[str], list[str]]:
    """All genitives and all locatives of one word; `alone` when it is the whole name."""
    special = _IRREGULAR.get(word) or _PLURAL_NEUTERS.get(word)
    if special:
        return special[0].split(), special[1].split()
    tables = [_NOUNS, _ADJECTIVES]
    if not alone and _SURELY_ADJECTIVE.fullmatch(word):
        tables.remove(_NOUNS)
    elif alone and _SURELY_NOUN_ALONE.fullmatch(word):
        tables.remove(_ADJECTIVES)
    gen: set[str] = set()
    loc: set[str] = set()
    for rules in tables:
        rule = next((rule for rule in rules if word.endswith(rule.ending)), None)
        if rule is None or len(word) <= len(rule.ending):
            continue
        stem = word.removesuffix(rule.ending)
        gen |= {stem + ending.replace("-", "") for ending in rule.gen.split()}
        loc |= {stem + ending.replace("-", "") for ending in rule.loc.split()}
    return sorted(gen) or [word], sorted(loc) or [word]

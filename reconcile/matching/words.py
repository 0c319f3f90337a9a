"""The words around a name: offices, kinds of gmina, abbreviations, and what is no gmina at all.

All patterns are for the regular expressions of polars (Rust: no look-around) and for cleaned
text in lower case, with or without diacritics (`tolerant`).
"""

_VARIANTS = str.maketrans(
    {plain: f"[{plain}{polish}]" for plain, polish in zip("acelnos", "ąćęłńóś", strict=True)}
    | {"z": "[zźż]"}
)


def tolerant(pattern: str) -> str:
    r"""A pattern written in ASCII that also finds the Polish letters.

    Letters after a backslash and in counted names stay as they are, so `\s` and `\w` work.
    """
    parts = pattern.split("\\")
    head, *rest = parts
    return head.translate(_VARIANTS) + "".join(
        "\\" + part[:1] + part[1:].translate(_VARIANTS) for part in rest
    )


_GMINA = r"(?:gm\.|gmin[aeyo]|gminie)"
_KIND = r"(?:miejsko-wiejsk\w+|m\.-w\.|miejsk\w+|wiejsk\w+|m\.|w\.|miast[oau])"
_OFFICE = (
    r"urzad(?:u|em|zie)? (?:miasta i gminy|gminy i miasta|miasta|gminy|miejsk\w+ i gminn\w+|"
    r"miejsk\w+|gminn\w+|miejsko-gminn\w+|m\.st\.|stoleczn\w+|sto\w+ miasta)"
)
_PHRASES = (
    _OFFICE,
    r"(?:umig|ugim|um i g|um|ug)",
    r"(?:miast[oau]|miescie) i (?:gmin\w|gminie)",
    r"gmin\w i miast\w",
    rf"{_GMINA}(?: {_KIND})?(?: {_KIND})?",
    r"(?:stoleczn\w+ )?krolewski\w+ (?:stoleczn\w+ )?miast\w",
    r"(?:miast[oau]|miastem|miescie)(?: na prawach powiatu)?(?: stoleczn\w+)?(?:,? m\.st\.)?",
    r"m\.st\.",
    r"m\.",
    r"(?:prezydent|burmistrz|wojt)(?:a|em|owi)?",
    r"rad[ay] (?:miasta|miejsk\w+|gminy)",
    r"(?:samorzad|wladz|przedstawiciel|delegacj)\w*",
    r"(?:w|we|z|ze|do|od|dla)",
    r"(?:the )?(?:city|town|municipality|commune|mayor)(?: hall| council| office)? of(?: the)?",
    r"city of",
)
PREFIX = tolerant(rf"^((?:(?:{'|'.join(_PHRASES)}) +)+)(\S.*)$")
"""Group 1: words of office and kind before the name; group 2: the rest."""

GLUED = ((r"^m\. ?st\. ?", "m.st. "), (r"^m\. ?(?P<rest>[^s])", "m. $rest"), (r"^gm\. ?", "gm. "))
"""Short words that are often written without a space before the name, and as they should be."""

GMINA_WORD = tolerant(r"\bgm\.|\bgmin|\bug\b|\bwojt")
"""A word that only a gmina has, so that no district of a city is meant."""

BOUND = (
    (tolerant(r"(miejsk\w+) (gork|gorc)"), "$1-$2"),
    # „dob” and not „dobr”, so that a typing error in these three names is seen as one.
    (tolerant(r"(^| )((?:now|star|dob)\w+) (miast\w|miescie)( ?[,(]|$)"), "$1$2-$3$4"),
)
"""Names that hold a word of kind, tied together: „Miejska Górka”, „Nowe Miasto”."""

GOVERNING = (
    tolerant(r"\b(?:w|we)\s*$"),
    tolerant(
        r"(?:miasta|gminy|prezydenta?|burmistrza?|wojta?|wladz\w+|samorzad\w*|z|ze|do|od|dla)\s*$"
    ),
)
"""Ends of the words before a name that ask for its locative, and for its genitive."""

# In this order: „miasta i gminy” also holds the word for a town.
KINDS_BEFORE = (
    ("mixed", tolerant(r"miast\w i gmin|gmin\w i miast|miejsko-|miejsk\w+ i gm|umig|ugim|m\.-w\.")),
    ("mixed", tolerant(r"\bum i g\b")),
    ("urban", tolerant(r"gmin\w+ miejsk|gmin\w+ (?:m\.|miast)|gm\. (?:m\.|miejsk|miast)")),
    ("urban", tolerant(r"prezydent|na prawach|stoleczn|\bm\.st")),
    ("rural", tolerant(r"wiejsk|gm\. w\.|\bwojt|urz\w+ gmin|\bug\b|rad\w gminy")),
    ("town", tolerant(r"miast|miejsk|miesc|\bum\b|burmistrz|\bm\.|\bcity|\btown")),
)
"""Kind of gmina that the words before a name tell of, the first that is found."""

_TAIL_KINDS = {
    "mixed": r"gmin\w miejsko-wiejsk\w+|gm\. m\.-w\.|miejsko-wiejsk\w+|miasto i gmina"
    r"|gmina i miasto|m-w|mw",
    "urban": r"gmin\w miejsk\w+|gm\. miejsk\w+|gm\. m\.|gm\. miasto|gmina miasto"
    r"|miasto na prawach powiatu",
    "rural": r"gmin\w wiejsk\w+|gm\. wiejsk\w+|gm\. w\.|wiejsk\w+",
    "town": r"miast[oa]|miejsk\w+|m\.",
}
KINDS_AFTER = (
    *(
        (kind, tolerant(rf"^(.+?)(?: ?[,(\[/] ?| - | )(?:{words})[)\]]?$"))
        for kind, words in _TAIL_KINDS.items()
    ),
    ("urban", r"^(.+?) ?\(1\)?$"),
    ("rural", r"^(.+?) ?\(2\)?$"),
    ("mixed", r"^(.+?) ?\([345]\)?$"),
)
"""Kind of gmina written after a name: „Dębica (gmina wiejska)”, „Bolesławiec (1)”."""

MORE_THAN_A_NAME = (
    r"[,;(\[/0-9]| - | gm|gmin| w |woj|pow|k\.| ko[lł]o | obok |m[.]|miast|miejsk|wiejsk"
    r"| (?:ul|al|pl|os)\."
)
"""A sign that something may follow the name; without it no pattern for that can fit.

No word boundaries: on text with Polish letters they make the search twenty times slower.
"""

VOIVODESHIPS = (
    "dolnoslask",
    "kujawsko-pomorsk",
    "lubelsk",
    "lubusk",
    "lodzk",
    "malopolsk",
    "mazowieck",
    "opolsk",
    "podkarpack",
    "podlask",
    "pomorsk",
    "slask",
    "swietokrzysk",
    "warminsko-mazursk",
    "wielkopolsk",
    "zachodniopomorsk",
)
"""Stems of the sixteen names, as a name in text begins whatever its ending."""

_STEMS = "|".join(VOIVODESHIPS)
VOIVODESHIP_AFTER = tolerant(
    rf"^(.+?)(?: ?[,;(\[/-] ?| )(?:w )?(?:woj\.? ?|wojewodztw\w+ )"
    rf"((?:{_STEMS})\w*)[)\]/]?$"
)
"""Group 2: the voivodeship named with its word, „woj.” or „województwo”."""
VOIVODESHIP_BARE = tolerant(rf"^(.+?) ?(?:[,;(\[/]| -) ?((?:{_STEMS})ie)[)\]/]?$")
"""Group 2: the voivodeship after a comma or in brackets, without its word."""
POWIAT_AFTER = tolerant(
    r"^(.+?)(?: ?[,;(\[/-] ?| )(?:w )?(?:powia\w+ |powieci\w+ |pow\. ?|pow )([^,;()]+?)[)\]/,]?$"
)
"""Group 2: the powiat's adjective or town."""
GMINA_AFTER = tolerant(
    r"^(.+?)(?: ?[,;(\[/-] ?| )(?:w )?(?:gmin\w+ |gm\. ?|gm )([^,;()]+?)[)\]/,]?$"
)
"""Group 2: the gmina that a locality lies in."""
NEAR_AFTER = tolerant(r"^(.+?)(?: ?[,;(\[] ?| )(?:k\. ?|k/|kolo |obok )([^,;()]+?)[)\]]?$")
"""Group 2: the town that a place lies near to, „Olsztyn k. Częstochowy”."""
ADDRESS_AFTER = tolerant(
    r"(?: ?[,;] ?| )(?:ul|al|pl|os)\. .*$|(?: ?[,;(] ?)(?:polska|poland|pl)\)?$"
)
"""A street or the country after a name: no evidence, and no part of the name."""
POSTCODE = r"\b\d{2}-\d{3}\b ?"
"""A Polish post code."""
CODE = r"(?:^|[^\d])(\d{7})(?:[^\d]|$)"
"""A seven-digit TERC code within a text."""

NEAR_RIVER = (tolerant(r"(\w) (?:n\.|n/|nad\.) ?"), "$1 nad ")
"""„n. Odrą”, „n/Odrą”."""

ABBREVIATIONS = {
    "wlkp": "wielkopolsk",
    "wkp": "wielkopolsk",
    "sw": "swiet",
    "sl": "slask",
    "maz": "mazowieck",
    "podl": "podlask",
    "lub": "lub",
    "kuj": "kujawsk",
    "pom": "pomorsk",
    "gd": "gdansk",
    "zdr": "zdroj",
    "tryb": "trybunalsk",
    "mlp": "malopolsk",
    "podh": "podhalansk",
    "dln": "doln",
    "gorn": "gorn",
    "war": "warminsk",
}
"""What the usual short words begin with; „św.” is both „Świętej” and „Świętokrzyski”."""
BARE_ABBREVIATIONS = ("wlkp", "wkp", "maz", "sl", "podl", "kuj", "zdr", "tryb", "mlp")
"""Those that are also written without a dot."""

ORGANISATIONS = tolerant(
    r"\b(?:stowarzyszen|zwiaz(?:ek|ku)|metropoli|aglomeracj|porozumieni|konsorcj|partnerstw"
    r"|obszar|fundacj|spolk|sp\. z|s\.a\.|ministerstw|uniwersytet|politechnik|akademi|instytut"
    r"|szkol|przedszkol|parafi|klaster|izb[ay]|bank|zarzad|osrod|bibliotek|komend|policj"
    r"|szpital|nadlesnictw|zaklad|przedsiebiorstw|centrum|muzeum|teatr|agencj|federacj|uni[ai]"
    r"|lokaln\w+ grup|gzm|lgd|lgr|zit|mof|association|union|metropol|university|ministry)"
)
"""Words of bodies that are no gmina, however they are named."""
COUNTIES = tolerant(r"\b(?:powia[tc]|powieci|starost|rad\w powiatu)")
"""Words of a powiat."""
REGIONS = tolerant(r"\b(?:wojewod|marszal|sejmik|voivodeship)")
"""Words of a voivodeship."""
PLACES = tolerant(
    r"^(?:wies|wsi|solectw\w+|osad[ay]|osiedl[ea]|dzielnic\w|przysiolek|kolonia|rzek[ai]|jezior[oa]"
    r"|ulic[ay]|ul\.|al\.|plac|zalew|dorzecz\w+|dolin[ay]|gmach) "
)
"""Words of things that bear the names of gminas: villages, rivers, streets."""

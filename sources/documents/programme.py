"""What the documents of the programme tell, declared: one pattern a kind of fact.

Terms are stems, so that all forms of a word are found; nothing here knows a line number.
"""

import re

from sources.documents.dates import DATE_RULES
from sources.documents.patterns import MEMBER, Field, Pattern, Shape
from sources.documents.rules import EDITION_RULES, NUMBER
from sources.documents.words import Terms

_NETWORK = Field("network_id", "network", ("network",), header=Terms("siec*"), optional=True)
_NETWORK_NAME = Field("network_name", "network", header=Terms("siec*"))
_EDITION = Field("edition_id", "edition", EDITION_RULES)
_EDITION_IF_KNOWN = Field("edition_id", "edition", EDITION_RULES, optional=True)
_PARTIES = re.compile(r"\b(?:miast\w*|bs|bank\w* swiatow\w*|minister\w*|mfipr)\b")

_TOPIC = re.compile(
    r"(?:^|(?<=[,;])|(?<= i )|(?<= oraz ))\s*(?P<member>[^,;()]+?)\s*(?:\([^)]*\))?"
    r"\s*(?=$|[,;]| i | oraz )"
)

PARTICIPATIONS = Pattern(
    table="participations",
    shapes=(Shape.COLUMNS, Shape.RECORDS, Shape.ITEMS, Shape.SENTENCES),
    opens=Terms(
        *("miast* uczestnicz*", "miast* sieci", "uczestni* sieci", "list* miast", "sklad* sieci"),
        *("list* uczestnik*", "=miast*", "=uczestni*", "=miast* partner*"),
    ),
    in_network=True,
    names=True,
    each=("text", MEMBER),
    sentence=re.compile(
        r"(?P<network>sie(?:c|ci)\b[^:.;]{3,60}?)(?:\s+(?:uczestnicz|pracuj|wspolprac|tworz|nalez|"
        r"bior|wch)\w+[^:.;]{0,60})?:\s*"
        r"(?P<text>(?:[^.:]|(?<=\bwoj)\.|(?<=\bpow)\.|(?<=\bst)\.|(?<=\bm)\.|(?<=\bk)\.){3,600})"
    ),
    fields=(
        _NETWORK,
        _NETWORK_NAME,
        Field("edition_id", "network", ("edition_of_network",), optional=True),
        Field("participant_id", "text", header=Terms("miast*", "uczestni*", "gmin*", "samorzad*")),
        Field("voivodeship", "voivodeship", header=Terms("woj*"), optional=True),
    ),
)

RECOMMENDATIONS = Pattern(
    table="recommendations",
    shapes=(Shape.MATRIX, Shape.RECORDS),
    keep=Terms("praw*", "legislac*", "finans*", "fundusz*", "wiedz*", "edukac*"),
    fields=(
        _NETWORK,
        _NETWORK_NAME,
        Field("scope", "axis", ("scope",), header=Terms("zakres*", "obszar*", "rodzaj*")),
        Field("title_pl", "cell", header=Terms("zalece*", "rekomendac*", "propozyc*")),
    ),
)

NETWORK_ISSUES = Pattern(
    table="network_issues",
    shapes=(Shape.RECORDS, Shape.ITEMS),
    opens=Terms("zagadnie* przekrojow*", "temat* przekrojow*", "problem* przekrojow*"),
    fields=(
        _NETWORK,
        _NETWORK_NAME,
        Field("issue_pl", "text", header=Terms("zagadnie*", "temat* przekrojow*")),
    ),
)

STRATEGIC_GOAL = Pattern(
    table="goals",
    shapes=(Shape.VALUE,),
    opens=Terms("cel* strategiczn*", "cel* glown*"),
    fields=(
        _EDITION_IF_KNOWN,
        Field("level", "label", ("goal_level",)),
        Field("title_pl", "text", ("title",)),
    ),
)

SPECIFIC_GOALS = Pattern(
    table="goals",
    shapes=(Shape.PAIRS,),
    opens=Terms("cel* szczegolow*", "cel* operacyjn*"),
    subs=True,
    fields=(
        _EDITION_IF_KNOWN,
        Field("level", "heading", ("goal_level",)),
        Field("title_pl", "label", ("title",)),
        Field("summary_pl", "body"),
    ),
)

SURVEY_ITEMS = Pattern(
    table="survey_items",
    shapes=(Shape.PARAGRAPHS,),
    opens=Terms("ankie*", "badani* uczestnik*"),
    fields=(_EDITION, Field("topic_pl", "text")),
)

RULE_CHANGES = Pattern(
    table="rule_changes",
    shapes=(Shape.RECORDS, Shape.PARAGRAPHS),
    opens=Terms("zmian* zasad*", "now* zasad*", "zasad* zmien*", "co sie zmieni*"),
    fields=(
        Field("earlier_edition_id", "edition", ("edition_before",)),
        Field("later_edition_id", "edition", EDITION_RULES),
        Field(
            "rule_before_pl",
            "before",
            header=Terms("=bylo", "dotychcz*", "poprzedni*", "dawn*", "wczesniej*"),
            optional=True,
        ),
        Field(
            "rule_after_pl",
            "text",
            header=Terms("=jest", "teraz", "obecn*", "now* zasad*", "po zmian*"),
        ),
    ),
)

WORK_FORMS = Pattern(
    table="work_forms",
    shapes=(Shape.PAIRS,),
    opens=Terms("form* wspolprac*", "form* prac*", "podzial* rol", "sposob* prac*"),
    subs=True,
    keep=Terms("miast*", "bs", "bank*", "minister*"),
    fields=(
        _EDITION_IF_KNOWN,
        Field("form_pl", "label", ("title",)),
        Field("purpose_pl", "body"),
    ),
)

WORK_FORM_PARTICIPANTS = Pattern(
    table="work_form_participants",
    shapes=WORK_FORMS.shapes,
    opens=WORK_FORMS.opens,
    subs=True,
    keep=WORK_FORMS.keep,
    each=("roles", _PARTIES),
    fields=(
        _EDITION_IF_KNOWN,
        Field("form_pl", "label", ("title",)),
        Field("party", "roles", ("party",)),
    ),
)

PLAN_COMPONENTS = Pattern(
    table="plan_components",
    shapes=(Shape.ITEMS,),
    opens=Terms("plan* ulepsze*"),
    subs=True,
    keep=Terms("rekomendac*", "propozyc*", "praktyk*", "mechanizm*", "analiz*"),
    fields=(
        _EDITION_IF_KNOWN,
        Field("component_pl", "text"),
        Field("component_group", "label", ("title",), optional=True),
    ),
)

WORKSHOP_COMPONENTS = Pattern(
    table="workshop_components",
    shapes=(Shape.SENTENCES,),
    sentence=re.compile(r"^komponent\w* warsztatow\w*\s*[-–—:]\s*(?P<text>.{3,100})$"),
    fields=(_EDITION_IF_KNOWN, Field("topic_pl", "text", ("title",))),
)

EDITIONS = Pattern(
    table="editions",
    shapes=(Shape.SENTENCES,),
    sentence=re.compile(
        r"(?:pim|edycj\w*|inicjatyw\w+ miast)\b[^.]{0,60}?"
        r"(?P<years>(?:19|20)\d\d\s*[-–—]\s*(?:19|20)\d\d)"
    ),
    fields=(
        Field("edition_id", "edition", ("edition_named", "edition_years")),
        Field("period_start", "years", ("first_year",)),
        Field("period_end", "years", ("last_year",)),
    ),
)

PLANNED_NETWORKS = Pattern(
    table="planned_networks",
    shapes=(Shape.SENTENCES,),
    sentence=re.compile(
        r"(?:kolejn|nastepn|przyszl)\w*\s+nabor\w*[^.]{0,40}\bsieci\s*:\s*(?P<text>[^.:]{5,400})"
    ),
    each=(
        "text",
        re.compile(r"(?:^|(?<=[,;])|(?<= oraz ))\s*(?P<member>[^,;]+?)\s*(?=$|[,;]| oraz )"),
    ),
    fields=(_EDITION_IF_KNOWN, Field("network_name_pl", "text", ("title",))),
)

CITIES_IN_ALL = Pattern(
    table="counts",
    shapes=(Shape.SENTENCES,),
    sentence=re.compile(
        rf"(?:^|(?<=\.\s))(?:w )?(?:pim|projekcie|programie|edycji)\b[^.]{{0,30}}?"
        rf"\b(?P<number>{NUMBER})\s+(?P<what>miast\w*)\s+(?:wspolprac|uczestni|pracuj|bierz)"
    ),
    fields=(
        _EDITION,
        Field("measure", "what", ("measure",)),
        Field("counted", "number", ("number",)),
    ),
)

CITIES_IN_EACH = Pattern(
    table="counts",
    shapes=(Shape.SENTENCES,),
    sentence=re.compile(
        rf"(?P<network>kazd\w+ (?:z )?(?:obszar\w*|siec\w*|sieci)\b(?: tematyczn\w+)?)[^.]{{0,40}}?"
        rf"\b(?P<number>{NUMBER})\s+(?P<what>miast\w*)"
    ),
    fields=(
        _EDITION,
        Field("network_id", "network", ("each_network",)),
        Field("measure", "what", ("measure",)),
        Field("counted", "number", ("number",)),
    ),
)

PRODUCTS = Pattern(
    table="counts",
    shapes=(Shape.SENTENCES,),
    sentence=re.compile(
        rf"\b(?P<number>{NUMBER})\s+(?P<what>miejsk\w+ inicjatyw\w* dzialan\w*|plan\w* ulepsze\w*)"
    ),
    fields=(
        _EDITION,
        Field("measure", "what", ("measure",)),
        Field("counted", "number", ("number",)),
    ),
)

CONFERENCES = Pattern(
    table="events",
    shapes=(Shape.SENTENCES,),
    sentence=re.compile(
        r"(?P<day>\b\d{1,2}[. ]\s?\w+[^.]{0,12}?)\s[^.]{0,160}?"
        r"(?P<what>konferencj\w+\s+(?:podsumow|inaugur|otwier)\w*)"
    ),
    fields=(
        _EDITION,
        Field("event_type", "what", ("event",)),
        Field("title_pl", "what"),
        Field("start_date", "day", DATE_RULES),
    ),
)

CONFERENCE_HELD = Pattern(
    table="events",
    shapes=(Shape.SENTENCES,),
    sentence=re.compile(
        r"(?:podczas|w trakcie) (?P<what>konferencj\w+)[^.]{0,120}?"
        r"(?:zaprezentowan|uruchomi|ruszy|rozpocz)"
    ),
    fields=(_EDITION, Field("event_type", "what", ("event",))),
)

NETWORK_TOPICS = Pattern(
    table="network_names",
    shapes=(Shape.SENTENCES,),
    sentence=re.compile(
        r"\b(?:sieci\w*|temat\w*)(?: tematyczn\w+)?(?: dotyczac\w+|\s*:)\s*(?P<text>[^.:]{5,300})"
    ),
    each=("text", _TOPIC),
    fields=(
        Field("network_id", "text", ("network_topic",)),
        Field("name_as_written", "text"),
    ),
)

OPENED_CALL = Pattern(
    table="events",
    shapes=(Shape.SENTENCES,),
    sentence=re.compile(
        r"(?P<what>nabor\w*)\b[^.]{0,80}?\b(?P<day>dzisiaj|dzis)\b[^.]{0,20}?(?:otwart|ruszy|rozpocz)"
    ),
    fields=(
        _EDITION_IF_KNOWN,
        Field("event_type", "what", ("event",)),
        Field("start_date", "day", ("date_today",)),
    ),
)

DEADLINES = Pattern(
    table="events",
    shapes=(Shape.SENTENCES,),
    sentence=re.compile(
        r"(?P<what>formularz\w*|konsultacj\w*|nabor\w*)\b[^.]{0,80}?\bdo (?:dnia )?"
        r"(?P<day>\d{1,2}[. ]\s?[\w.]+(?:\s(?:br|\d{4})\b)?)"
    ),
    fields=(
        _EDITION,
        Field("event_type", "what", ("event",)),
        Field("end_date", "day", DATE_RULES),
    ),
)

DAY_OF_DOCUMENT = Pattern(
    table="documents",
    shapes=(Shape.SENTENCES,),
    sentence=re.compile(
        r"^(?:data(?: publikacji)?:?\s*)?(?P<day>[\d.\s-]{8,12}|\d{1,2} \w+ \d{4})$"
    ),
    fields=(Field("issued_from", "day", DATE_RULES),),
)

TERM_MID = Pattern(
    table="terms",
    shapes=(Shape.SENTENCES,),
    sentence=re.compile(r"(?P<text>miejsk\w+ inicjatyw\w* dzialan(?:ia|iach)?)\b"),
    fields=(Field("term", "text", ("term",)), Field("form_pl", "text", ("term_form",))),
)

PATTERNS: tuple[Pattern, ...] = (
    PARTICIPATIONS,
    RECOMMENDATIONS,
    NETWORK_ISSUES,
    STRATEGIC_GOAL,
    SPECIFIC_GOALS,
    SURVEY_ITEMS,
    RULE_CHANGES,
    WORK_FORMS,
    WORK_FORM_PARTICIPANTS,
    PLAN_COMPONENTS,
    WORKSHOP_COMPONENTS,
    EDITIONS,
    PLANNED_NETWORKS,
    CITIES_IN_ALL,
    CITIES_IN_EACH,
    PRODUCTS,
    CONFERENCES,
    CONFERENCE_HELD,
    NETWORK_TOPICS,
    OPENED_CALL,
    DEADLINES,
    DAY_OF_DOCUMENT,
    TERM_MID,
)

OTHER_TITLES = (
    Terms("tematyk* sieci"),
    Terms("kontekst krajow*", "kontekst ue", "kontekst miedzynarodow*"),
    Terms("zalozeni* part*ersk*", "zalozeni* wspolprac*", "zalozeni* programu"),
    Terms("aktor* part*ersk*", "=partner* projektu"),
    Terms("planowan* prac*", "harmonogram prac"),
    Terms("wklad bank*"),
    Terms("element* pim"),
    Terms("dziekuj* za uwag*"),
    Terms("zadani* kazdego miasta"),
    Terms("wnios* z", "podsumowani* pilot*"),
)
"""Titles that open nothing here, and end what stands before them."""

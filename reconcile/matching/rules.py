"""What each rule says to people, and how sure it is."""

from typing import NamedTuple

from schemas.text import Text

MATCH, AMBIGUOUS, NONE = "MATCH", "AMBIGUOUS", "NONE"
"""The three answers."""


class Rule(NamedTuple):
    """A rule's answer, its score from 0 to 100, and its sentence; `{}` is for candidates."""

    status: str
    score: int
    reason: Text


RULES: dict[str, Rule] = {
    "exact": Rule(
        MATCH, 100, Text("Nazwa jest taka jak w rejestrze: {}.", "The name is as registered: {}.")
    ),
    "code": Rule(
        MATCH,
        100,
        Text("Podano kod TERC tej gminy: {}.", "The TERC code of the gmina is given: {}."),
    ),
    "missing_diacritics": Rule(
        MATCH,
        96,
        Text(
            "Po uzupełnieniu polskich znaków nazwa jest taka jak w rejestrze: {}.",
            "With Polish letters restored the name is as registered: {}.",
        ),
    ),
    "alias": Rule(
        MATCH,
        95,
        Text("To dawna lub obca nazwa: {}.", "This is a former or foreign name of: {}."),
    ),
    "inflected": Rule(
        MATCH,
        94,
        Text("To odmieniona nazwa: {}.", "This is an inflected form of the name: {}."),
    ),
    "abbreviated": Rule(
        MATCH,
        92,
        Text("To skrócony zapis nazwy: {}.", "This is the name with words cut short: {}."),
    ),
    "network_member": Rule(
        MATCH,
        90,
        Text(
            "Spośród miast tej sieci tylko jedno może tak się nazywać: {}.",
            "Of the cities of this network only one can be meant: {}.",
        ),
    ),
    "lost_letters": Rule(
        MATCH,
        88,
        Text(
            "W miejsce znaków zapytania pasują litery tylko jednej nazwy: {}.",
            "The letters of only one name fit the question marks: {}.",
        ),
    ),
    "wrong_diacritics": Rule(
        MATCH,
        86,
        Text(
            "Nazwa ma inne znaki diakrytyczne niż w rejestrze: {}.",
            "The name has other diacritics than the register: {}.",
        ),
    ),
    "typing_error": Rule(
        MATCH,
        84,
        Text(
            "Nazwa różni się od rejestru jedną literą i żadna inna nie jest tak bliska: {}.",
            "The name is one letter from the register, and no other is as near: {}.",
        ),
    ),
    "homonyms": Rule(
        AMBIGUOUS, 50, Text("Tak samo nazywają się: {}.", "These have the same name: {}.")
    ),
    "town_and_rural": Rule(
        AMBIGUOUS,
        50,
        Text(
            "Nie wiadomo, czy chodzi o miasto, czy o gminę wiejską wokół niego: {}.",
            "It may be the town or the rural gmina around it: {}.",
        ),
    ),
    "near_names": Rule(
        AMBIGUOUS, 40, Text("Równie bliskie są nazwy: {}.", "These names are equally near: {}.")
    ),
    "near_member": Rule(
        AMBIGUOUS,
        40,
        Text(
            "Tak nazywa się jedna gmina, a podobnie inna, która należy do tej sieci: {}.",
            "One gmina has this name, and a member of the network has a similar one: {}.",
        ),
    ),
    "longer_name": Rule(
        AMBIGUOUS,
        45,
        Text(
            "Może to być początek dłuższej nazwy: {}.",
            "This may be the beginning of a longer name: {}.",
        ),
    ),
    "shortened": Rule(
        AMBIGUOUS,
        35,
        Text(
            "To tylko początek nazwy: {}.",
            "This is only the beginning of a name: {}.",
        ),
    ),
    "doubtful_spelling": Rule(
        AMBIGUOUS,
        40,
        Text(
            "Podobną nazwę ma {}, ale różnica może oznaczać inną miejscowość.",
            "{} has a similar name, but the difference may mean another place.",
        ),
    ),
    "doubtful_form": Rule(
        AMBIGUOUS,
        45,
        Text(
            "To może być odmieniona nazwa: {}, albo nazwa innej miejscowości.",
            "This may be an inflected form of {}, or the name of another place.",
        ),
    ),
    "place_of_that_name": Rule(
        AMBIGUOUS,
        45,
        Text(
            "Podobną nazwę ma {}, ale istnieje też miejscowość lub ulica o takiej nazwie.",
            "{} has a similar name, but there is a locality or street of exactly this name.",
        ),
    ),
    "district_of_that_name": Rule(
        AMBIGUOUS,
        45,
        Text(
            "Tak nazywa się gmina, ale i dzielnica dużego miasta: {}.",
            "A gmina has this name, and so has a district of a large city: {}.",
        ),
    ),
    "context_not_understood": Rule(
        AMBIGUOUS,
        30,
        Text(
            "Nie ma w rejestrze podanego województwa lub powiatu, albo są sprzeczne; podobna "
            "nazwa: {}.",
            "The voivodeship or powiat given is not in the register, or they contradict each "
            "other; a gmina of this name: {}.",
        ),
    ),
    "kind_contradicted": Rule(
        AMBIGUOUS,
        30,
        Text(
            "Nazwa pasuje, ale rodzaj gminy jest inny, niż wynika z zapisu: {}.",
            "The name fits, but the kind of gmina is not what the text says: {}.",
        ),
    ),
    "several_readings": Rule(
        AMBIGUOUS,
        30,
        Text(
            "Zepsute znaki można odczytać na kilka sposobów: {}.",
            "The spoilt letters can be read in several ways: {}.",
        ),
    ),
    "place_contradicted": Rule(
        NONE,
        0,
        Text(
            "Gmina o tej nazwie leży gdzie indziej, niż podano: {}.",
            "The gmina of this name lies elsewhere than is said: {}.",
        ),
    ),
    "locality": Rule(
        NONE,
        0,
        Text(
            "To miejscowość w innej gminie, a nie gmina.",
            "This is a locality in another gmina, not a gmina.",
        ),
    ),
    "other_place": Rule(
        NONE,
        0,
        Text(
            "To nazwa miejscowości, która nie jest gminą.",
            "This is the name of a locality that is not a gmina.",
        ),
    ),
    "organisation": Rule(
        NONE,
        0,
        Text(
            "To związek, stowarzyszenie lub inna instytucja, a nie gmina.",
            "This is a union, an association or another body, not a gmina.",
        ),
    ),
    "powiat": Rule(NONE, 0, Text("To powiat, a nie gmina.", "This is a powiat, not a gmina.")),
    "voivodeship": Rule(
        NONE, 0, Text("To województwo, a nie gmina.", "This is a voivodeship, not a gmina.")
    ),
    "district": Rule(
        NONE,
        0,
        Text(
            "To dzielnica lub delegatura miasta, a nie gmina.",
            "This is a district of a city, not a gmina.",
        ),
    ),
    "place": Rule(
        NONE,
        0,
        Text(
            "To wieś, osiedle, rzeka, ulica lub inny obiekt, a nie gmina.",
            "This is a village, estate, river, street or another thing, not a gmina.",
        ),
    ),
    "nothing_found": Rule(
        NONE,
        0,
        Text("W rejestrze nie ma takiej gminy.", "The register has no gmina of this name."),
    ),
    "no_name": Rule(
        NONE,
        0,
        Text("Brak nazwy lub tekst jest za długi.", "There is no name, or the text is too long."),
    ),
}
"""Every rule that can end a look-up."""

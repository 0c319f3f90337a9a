"""Persons and contacts in texts: found, so that they reach no table; and institutions.

A name of a person is a first name beside a capitalised word, an initial, or a title with a word.
Patrons of streets and schools (`im. Jana Kochanowskiego`) are no personal data and stay.
Where in doubt something is taken for a person: a value is then lost, never a name shown.
"""

import re
from collections.abc import Iterator

from sources.mid_documents.words import fold

_FEMALE = """
Ada Adela Adrianna Agata Agnieszka Aldona Aleksandra Alicja Alina Amelia Aneta Angelika Anita Anna
Antonina Barbara Beata Bernadetta Blanka Bogna Bogumiła Bogusława Bożena Bronisława Celina Cecylia
Dagmara Danuta Daria Dominika Dorota Edyta Elwira Elżbieta Emilia Ewa Ewelina Felicja Gabriela
Genowefa Gertruda Grażyna Halina Hanna Helena Henryka Honorata Iga Ilona Irena Irmina Iwona Iza
Izabela Jadwiga Jagoda Janina Joanna Jolanta Józefa Judyta Julia Julita Justyna Kalina Kamila
Karina Karolina Katarzyna Kazimiera Kinga Klaudia Kornelia Krystyna Laura Lena Leokadia Lidia
Liliana Lucyna Ludmiła Łucja Magda Magdalena Maja Malwina Małgorzata Marcelina Maria Marianna
Mariola Marlena Marta Martyna Marzena Matylda Michalina Milena Mirosława Monika Nadia Natalia Nela
Nina Nikola Olga Oliwia Patrycja Paula Paulina Pola Regina Renata Roksana Roma Romana Rozalia Róża
Sabina Sandra Sara Stanisława Stefania Stella Sylwia Teresa Urszula Wanda Weronika Wiesława
Wiktoria Wioletta Wioleta Władysława Zdzisława Zofia Zuzanna Żaneta
"""
_MALE = """
Adam Adrian Albert Aleksander Aleksy Alfred Alojzy Ambroży Andrzej Antoni Arkadiusz Artur Bartłomiej
Bartosz Bernard Błażej Bogdan Bogumił Bogusław Bolesław Borys Bronisław Cezary Cyprian Czesław
Damian Daniel Dariusz Dawid Dominik Donat Edmund Edward Emil Ernest Eryk Eugeniusz Fabian Feliks
Filip Franciszek Fryderyk Gabriel Gerard Grzegorz Gustaw Henryk Hubert Hugo Ignacy Igor Ireneusz
Jacek Jakub Jan Janusz Jarosław Jerzy Jędrzej Joachim Józef Julian Juliusz Kacper Kajetan Kamil
Karol Kazimierz Konrad Konstanty Kornel Krystian Krzysztof Ksawery Lech Leon Leonard Leszek Lesław
Lucjan Ludwik Łukasz Maciej Maksymilian Marceli Marcin Marek Marian Mariusz Mateusz Michał
Mieczysław Mikołaj Miłosz Mirosław Nikodem Norbert Olaf Oliwier Oskar Patryk Paweł Piotr Przemysław
Radosław Rafał Remigiusz Robert Roman Ryszard Sebastian Seweryn Sławomir Stanisław Stefan Sylwester
Szczepan Szymon Tadeusz Teodor Tomasz Tymon Tymoteusz Wacław Waldemar Walenty Wawrzyniec Wiesław
Wiktor Wincenty Wit Witold Władysław Włodzimierz Wojciech Zbigniew Zdzisław Zenon Zygmunt
"""
_MALE_GENITIVES = {"Jacek": "Jacka", "Marek": "Marka", "Leszek": "Leszka", "Paweł": "Pawła",
    "Franciszek": "Franciszka", "Maciej": "Macieja", "Lech": "Lecha"}  # fmt: skip


def _forms() -> frozenset[str]:
    """First names in the cases that a text uses, in lower case."""
    found: set[str] = set()
    for name in _FEMALE.split():
        stem = name[:-1]
        endings = ("i", "ę", "ą", "o") if stem.endswith(("i", "j", "l", "g", "k")) else (
            "y", "ę", "ą", "o")  # fmt: skip
        found |= {name, *(stem + ending for ending in endings)}
        if stem.endswith("i"):
            found.add(stem)  # Marii, Zofii
            found.add(stem + "i")
    for name in _MALE.split():
        if name.endswith(("y", "i")):
            stem = name[:-1]
            found |= {name, name + "ego", stem + "ego", stem + "iego", name + "m"}
            continue
        stem = _MALE_GENITIVES.get(name, name + "a")[:-1]
        found |= {name, *(stem + ending for ending in ("a", "owi", "em", "iem"))}
    return frozenset(form.lower() for form in found)


_NAMES = _forms()
_LOW = "a-ząćęłńóśźżáčďéěíňřšťúůýžäöüß"
_UP = "A-ZĄĆĘŁŃÓŚŹŻÁČĎÉĚÍŇŘŠŤÚŮÝŽÄÖÜ"
_LETTER = r"[^\W\d_]"
_WORD = re.compile(rf"{_LETTER}\.|{_LETTER}(?:{_LETTER}|['\u2019-](?={_LETTER}))*\.?|\S")
"""An initial, a word with the full stop of an abbreviation, or any other sign."""
_INITIAL = re.compile(rf"[{_UP}]\.")
_PATRON = re.compile(r"(?:^|\b)(?:im|imienia|ul|ulicy|ulica|pl|placu|plac|al|alei|aleja|os|osiedle"
    r"|swietego|swietej|sw|parku|park|skwer|rondo|most|pomnik\w*|urn|fr)\.?$")  # fmt: skip
_TITLED = re.compile(
    rf"(?<!\w)(?:[Pp]an(?:i|ią|a|em|u)?|p\.|mgr\.?|inż\.|[Dd]r\.?|prof\.|hab\.|lic\.|arch\.|mec\.|"
    rf"r\.\s?pr\.|Mr\.?|Mrs\.?|Ms\.?)\s+(?:(?:inż\.|hab\.|mgr|arch\.|[{_UP}]\.)\s*)*"
    rf"[{_UP}][{_LOW}{_UP}]+"
)
_CONTACT = re.compile(
    r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+"
    r"|(?<!\w)(?:tel|telefon|kom|fax|faks|phone|mobile|e-?mail)\b\.?\s*:?\s*(?=[\d+(]|\S+@|$)"
    r"|(?<!\d)(?:\+|00)48[ -]?\d{2,3}(?:[ -]?\d{2,3}){2,3}(?!\d)"
    r"|(?<![\d,.])\d{3}[ -]\d{3}[ -]\d{3}(?![\d ,.]*(?:zł|pln|eur|€|tys|mln))(?!\d)"
    r"|\(\d{2}\)\s?\d{3}[ -]?\d{2}[ -]?\d{2}",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(?:urzad\w*|urzed\w+|wydzial\w*|biur[oaue]m?|departament\w*|referat\w*|zarzad\w*|zespol\w*"
    r"|gmin[ayie]\w*|miast[oaue]\w*|starostw\w*|powiat\w*|samorzad\w*|wojewodztw\w*|ministerstw\w*"
    r"|sp\. ?z ?o\. ?o|spolk[aie]|s\. ?a\.?$|mops|gops|mosir|zgm|mpk|mpec|pec|zdm|mzk|zwik"
    r"|przedsiebiorstw\w*|zaklad\w*|fundacj\w*|stowarzyszeni\w*|uniwersytet\w*|politechnik\w*"
    r"|akademi\w*|uczelni\w*|szkol\w*|instytut\w*|centrum|osrodek|osrodk\w+|bank\w*|agencj\w*|izb\w+"
    r"|zwiazek|zwiazk\w+|metropoli\w*|konsorcj\w*|partnerstw\w*|rada|rady|bibliotek\w*|muzeum|straz"
    r"|komend\w*|policj\w*|spoldzielni\w*|wspolnot\w*|osiedl\w*|jednostk\w*|inspektorat\w*|sekretariat"
    r"|klub\w*|dom kultury|office|department|municipal\w*|city|town|council|university|foundation"
    r"|association|institute|ltd|company|agency|unit|team|bureau)\b"
)
_SPLIT = re.compile(r"\s*[;|\n]\s*|,\s+(?!ul\.)|\s+[–—-]\s+|\s+/\s+|\s+oraz\s+|:\s+")
_ABBREVIATED = re.compile(r"\b\w\.\s?\w\.$")
_LEADING = re.compile(r"^(?:i|oraz|and|przez|by)\s+", re.IGNORECASE)


def names_a_person(text: str) -> bool:
    """Whether the text names a person, by a first name, an initial or a title."""
    if _TITLED.search(text):
        return True
    words = [match.group() for match in _WORD.finditer(text)]
    for at, word in enumerate(words):
        after = words[at + 1] if at + 1 < len(words) else ""
        before = words[at - 1] if at else ""
        if _PATRON.search(fold(before)):
            continue
        if word[0].isupper() and word.lower().rstrip(".") in _NAMES:
            beside = _is_capitalised(after) or _INITIAL.fullmatch(after)
            if beside or _surname(before):
                return True
        if _INITIAL.fullmatch(word) and _surname(after):
            return True
    return False


def _is_capitalised(word: str) -> bool:
    """A word of two letters or more that begins with a capital, and no Roman numeral."""
    bare = word.rstrip(".")
    return len(bare) > 1 and bare[0].isupper() and not set(bare) <= set("IVX")


def gives_contact(text: str) -> bool:
    """Whether the text holds an e-mail address or a telephone number."""
    return _CONTACT.search(text) is not None


def is_personal(text: str) -> bool:
    """Whether the text names a person or gives a contact."""
    return gives_contact(text) or names_a_person(text)


def may_be_a_person(text: str) -> bool:
    """Whether a text is nothing but two or three capitalised words, as names unknown here are.

    Words of institutions, and endings that surnames have not („Wody Polskie”), speak against it.
    """
    words = text.split()
    return (
        len(words) in (2, 3)
        and all(_is_capitalised(word) for word in words)
        and not _BODY.search(fold(text))
        and not words[-1].endswith(("ie", "we", "ne", "cze", "ów"))
    )


def institutions_in(text: str) -> Iterator[str]:
    """The stretches of a text that name an institution and no person, as they are written."""
    for part in _SPLIT.split(text):
        name = _LEADING.sub("", part.strip(" ,;()")).strip()
        # The full stop of „Sp. z o.o.” belongs to the name.
        name = name if _ABBREVIATED.search(name) else name.rstrip(" .")
        if 3 < len(name) <= 200 and _BODY.search(fold(name)) and not is_personal(name):
            yield name


def _surname(word: str) -> bool:
    """A capitalised word that looks like a surname, not like a word of an institution's name."""
    plain = fold(word).rstrip(".")
    return _is_capitalised(word) and bool(
        re.search(r"(?:ski|ska|skiego|skiej|cki|cka|dzki|dzka|wicz|czyk|czak|iak|owski|owska|ak|ek"
        r"|ik|uk|ko|ka|czuk|arz|as|us|yl|al)$", plain)
    ) and not _BODY.search(plain)  # fmt: skip

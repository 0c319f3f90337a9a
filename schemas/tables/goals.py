"""What the programme is for: goals, issues of the networks, and strategies that it serves."""

import polars as pl

from schemas.columns import Codes, code, date, identifier, integer, reference, string
from schemas.counting import Rows
from schemas.datasets import CHRONICLE
from schemas.table import RowRule
from schemas.tables.editions import Editions
from schemas.tables.networks import Networks
from schemas.tables.shared import Evidence
from schemas.text import Text


class GoalLevel(Codes):
    """Whether a goal is the one of the whole programme or one of its parts."""

    STRATEGIC = "strategic", "cel strategiczny", "strategic goal"
    SPECIFIC = "specific", "cel szczegółowy", "specific goal"


class StrategyLevel(Codes):
    """Who set a strategy."""

    NATIONAL = "national", "krajowy", "national"
    EUROPEAN = "european", "europejski", "European"
    GLOBAL = "global", "światowy", "global"


class Goals(Evidence):
    """The strategic goal of an edition and its specific goals."""

    name_pl = "cele"
    title = Text("Cele programu", "Goals of the programme")
    description = Text(
        "Cel strategiczny i cele szczegółowe programu w edycji, dla której je ogłoszono.",
        "The strategic goal and the specific goals, with the edition that they were set for.",
    )
    row = Text("jeden cel", "one goal")
    rows = Rows("m", "cel / cele / celów", "goal / goals")
    dataset = CHRONICLE

    goal_id = identifier(
        "goal",
        "id_celu",
        "Identyfikator celu",
        "Goal identifier",
        "Stały identyfikator celu w tym zbiorze.",
        "Permanent identifier of the goal in this data set.",
    )
    edition_id = reference(
        Editions.edition_id,
        "id_edycji",
        "Identyfikator edycji",
        "Edition identifier",
        "Edycja, dla której ogłoszono cel.",
        "The edition that the goal was set for.",
    )
    level = code(
        GoalLevel,
        "poziom_celu",
        "Poziom celu",
        "Goal level",
        "Cel strategiczny albo szczegółowy.",
        "Strategic or specific goal.",
    )
    number = integer(
        "numer",
        "Numer",
        "Number",
        "Kolejny numer celu szczegółowego w źródle; cel strategiczny nie ma numeru.",
        "Number of the specific goal in its order in the source; the strategic goal has none.",
        null=True,
        minimum=1,
        missing="-",
    )
    title_pl = string(
        "nazwa_celu",
        "Nazwa celu",
        "Goal",
        "Krótka nazwa celu.",
        "Short name of the goal, in Polish.",
        max_length=200,
    )
    summary_pl = string(
        "streszczenie",
        "Streszczenie",
        "Summary in Polish",
        "Na czym polega cel, w jednym zdaniu.",
        "What the goal is about, in one Polish sentence.",
        max_length=300,
    )
    summary_en = string(
        "streszczenie_en",
        "Streszczenie po angielsku",
        "Summary in English",
        "Na czym polega cel, w jednym zdaniu po angielsku.",
        "What the goal is about, in one English sentence.",
        max_length=300,
    )


Goals.rules = (
    RowRule(
        name="specific_has_number",
        good=(Goals.level.col == pl.lit(GoalLevel.SPECIFIC.value))
        == Goals.number.col.is_not_null(),
        message=Text(
            "Numer mają cele szczegółowe i tylko one.",
            "Specific goals, and only they, have a number.",
        ),
        columns=(Goals.level, Goals.number),
    ),
)


class NetworkIssues(Evidence):
    """Cross-cutting issues that the networks were to work on."""

    name_pl = "zagadnienia_sieci"
    title = Text("Zagadnienia przekrojowe sieci", "Cross-cutting issues of the networks")
    description = Text(
        "Przykładowe zagadnienia przekrojowe, którymi miały się zajmować sieci tematyczne.",
        "Sample cross-cutting issues that the thematic networks were to work on.",
    )
    row = Text("jedno zagadnienie jednej sieci", "one issue of one network")
    rows = Rows(
        "n",
        "zagadnienie sieci / zagadnienia sieci / zagadnień sieci",
        "issue of a network / issues of networks",
        named_by="issue_pl",
    )
    dataset = CHRONICLE

    issue_id = identifier(
        "iss",
        "id_zagadnienia",
        "Identyfikator zagadnienia",
        "Issue identifier",
        "Stały identyfikator zagadnienia w tym zbiorze.",
        "Permanent identifier of the issue in this data set.",
    )
    network_id = reference(
        Networks.network_id,
        "id_sieci",
        "Identyfikator sieci",
        "Network identifier",
        "Sieć, która miała się zająć zagadnieniem.",
        "The network that was to work on the issue.",
    )
    number = integer(
        "numer",
        "Numer",
        "Number",
        "Kolejność zagadnienia w źródle.",
        "Position of the issue in the source.",
        minimum=1,
    )
    issue_pl = string(
        "zagadnienie",
        "Zagadnienie",
        "Issue in Polish",
        "Czego dotyczy zagadnienie.",
        "What the issue is about, in Polish.",
        max_length=200,
    )
    issue_en = string(
        "zagadnienie_en",
        "Zagadnienie po angielsku",
        "Issue in English",
        "Czego dotyczy zagadnienie, po angielsku.",
        "What the issue is about, in English.",
        max_length=200,
    )


class Strategies(Evidence):
    """Strategies and agendas that the programme serves."""

    name_pl = "strategie"
    title = Text("Strategie i agendy", "Strategies and agendas")
    description = Text(
        "Krajowe, europejskie i światowe strategie, w których realizacji pomaga program.",
        "National, European and global strategies that the programme helps to carry out.",
    )
    row = Text("jedna strategia lub agenda", "one strategy or agenda")
    rows = Rows("f", "strategia / strategie / strategii", "strategy / strategies")
    dataset = CHRONICLE

    strategy_id = identifier(
        "str",
        "id_strategii",
        "Identyfikator strategii",
        "Strategy identifier",
        "Stały identyfikator strategii w tym zbiorze.",
        "Permanent identifier of the strategy in this data set.",
    )
    strategy_name_pl = string(
        "nazwa_pl",
        "Nazwa polska",
        "Polish name",
        "Polska nazwa strategii lub agendy.",
        "Polish name of the strategy or agenda.",
        max_length=200,
    )
    strategy_name_en = string(
        "nazwa_en",
        "Nazwa angielska",
        "English name",
        "Angielska nazwa strategii lub agendy.",
        "English name of the strategy or agenda.",
        max_length=200,
    )
    abbreviation = string(
        "skrot",
        "Skrót",
        "Abbreviation",
        "Skrót nazwy używany w dokumentach programu.",
        "Abbreviation used in the documents of the programme.",
        null=True,
        max_length=20,
    )
    level = code(
        StrategyLevel,
        "poziom",
        "Poziom",
        "Level",
        "Czy strategia jest krajowa, europejska, czy światowa.",
        "Whether the strategy is national, European or global.",
    )
    adopted_on = date(
        "data_przyjecia",
        "Data przyjęcia",
        "Date of adoption",
        "Dzień przyjęcia strategii, jeśli podają go źródła programu.",
        "Day on which the strategy was adopted, where the programme's sources give it.",
        null=True,
    )


class StrategyEditions(Evidence):
    """Which edition serves which strategy."""

    name_pl = "strategie_edycji"
    title = Text("Strategie a edycje programu", "Strategies by edition")
    description = Text(
        "Które strategie i agendy źródła łączą z którą edycją programu.",
        "Which strategies and agendas the sources connect with which edition.",
    )
    row = Text("jedna strategia w jednej edycji", "one strategy and one edition")
    rows = Rows(
        "f",
        "strategia edycji / strategie edycji / strategii edycji",
        "strategy of an edition / strategies of editions",
    )
    dataset = CHRONICLE

    strategy_id = reference(
        Strategies.strategy_id,
        "id_strategii",
        "Identyfikator strategii",
        "Strategy identifier",
        "Strategia, której służy edycja.",
        "The strategy that the edition serves.",
        key=True,
    )
    edition_id = reference(
        Editions.edition_id,
        "id_edycji",
        "Identyfikator edycji",
        "Edition identifier",
        "Edycja, która służy strategii.",
        "The edition that serves the strategy.",
        key=True,
    )

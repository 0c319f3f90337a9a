"""How facts of each table are known again: their key, their telling text, what must be equal."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """A table of facts kept by hand, as documents state its rows."""

    table: str
    key: tuple[str, ...] = ()
    """Columns that have to be equal, where the document states them."""
    text: tuple[str, ...] = ()
    """Columns of the fact whose words tell which row it is."""
    curated_text: tuple[str, ...] = ()
    """Their columns in the facts; by default the same."""
    compared: tuple[str, ...] = ()
    """Columns that must be equal in the row that was found: else the fact differs."""
    single: bool = False
    """One row a key: a fact with other words differs, and is not another fact."""
    alike: float = 0.5
    id_column: str = ""
    """Column of the key of the facts; by default the first one."""


TARGETS: dict[str, Target] = {
    target.table: target
    for target in (
        Target("participations", key=("edition_id", "participant_id"), compared=("network_id",)),
        Target("recommendations", key=("network_id", "scope"), text=("title_pl",), single=True),
        Target("network_issues", key=("network_id",), text=("issue_pl",)),
        Target("goals", key=("edition_id", "level"), text=("title_pl",)),
        Target(
            "survey_items",
            key=("edition_id",),
            text=("topic_pl",),
            curated_text=("topic_pl", "emphasis_pl"),
        ),
        Target(
            "rule_changes",
            key=("later_edition_id",),
            text=("rule_before_pl", "rule_after_pl"),
            alike=0.4,
        ),
        Target("work_forms", key=("edition_id",), text=("form_pl",)),
        Target("work_form_participants", key=("edition_id", "party"), text=("form_pl",)),
        Target(
            "plan_components",
            key=("edition_id",),
            text=("component_pl", "component_group"),
            curated_text=("component_pl",),
        ),
        Target("workshop_components", key=("edition_id",), text=("topic_pl",)),
        Target(
            "editions", key=("edition_id",), compared=("period_start", "period_end"), single=True
        ),
        Target("planned_networks", key=("edition_id",), text=("network_name_pl",), alike=1.0),
        Target("counts", key=("edition_id", "network_id", "measure"), compared=("counted",)),
        Target(
            "events",
            key=("edition_id", "event_type"),
            text=("title_pl",),
            compared=("start_date", "end_date"),
        ),
        Target("documents", key=("document_id",), compared=("issued_from",), single=True),
        Target("network_names", key=("network_id",), text=("name_as_written",), alike=1.0),
        Target("terms", key=("form_pl",)),
    )
}
"""By table. `terms` are the values of conflicts about terms."""

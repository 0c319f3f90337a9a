"""What happened, who took part, by which rules and documents, and how large it was."""

from assets.building import facts_asset
from schemas.tables.counts import Counts
from schemas.tables.document_editions import DocumentEditions
from schemas.tables.documents import Documents
from schemas.tables.events import Events
from schemas.tables.goals import Goals, NetworkIssues, Strategies, StrategyEditions
from schemas.tables.institutions import Contacts, InstitutionRoles, Institutions
from schemas.tables.reports import ReportSections
from schemas.tables.survey import NeedsForms, NeedsTopics, SurveyItems
from schemas.tables.work import RuleChanges, WorkFormParticipants, WorkForms, WorkshopComponents

documents = facts_asset(Documents)
document_editions = facts_asset(DocumentEditions)
events = facts_asset(Events)
institutions = facts_asset(Institutions)
institution_roles = facts_asset(InstitutionRoles)
contacts = facts_asset(Contacts)
goals = facts_asset(Goals)
network_issues = facts_asset(NetworkIssues)
strategies = facts_asset(Strategies)
strategy_editions = facts_asset(StrategyEditions)
workshop_components = facts_asset(WorkshopComponents)
work_forms = facts_asset(WorkForms)
work_form_participants = facts_asset(WorkFormParticipants)
rule_changes = facts_asset(RuleChanges)
survey_items = facts_asset(SurveyItems)
needs_forms = facts_asset(NeedsForms)
needs_topics = facts_asset(NeedsTopics)
report_sections = facts_asset(ReportSections)
counts = facts_asset(Counts)

"""Municipal action plans of cities, improvement plans of networks, and what they recommend."""

from assets.building import facts_asset
from schemas.tables.action_plans import MidParts, Mids
from schemas.tables.improvement_plans import ImprovementPlans, PlanComponents
from schemas.tables.recommendations import GoodPractices, Recommendations

mids = facts_asset(Mids)
mid_parts = facts_asset(MidParts)
improvement_plans = facts_asset(ImprovementPlans)
plan_components = facts_asset(PlanComponents)
recommendations = facts_asset(Recommendations)
good_practices = facts_asset(GoodPractices)

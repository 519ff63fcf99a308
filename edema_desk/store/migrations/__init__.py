"""The history of the schema: read it from the top. Never change a step that was released.

Conventions: identifiers are TEXT made by whoever acts; moments are `*_utc_ms` beside
`*_offset_min`; days are `YYYY-MM-DD`; weights are grams. Each record names the act that made
it, and the act knows who and when.
"""

from edema_desk.store.migrations.history import MIGRATIONS
from edema_desk.store.migrations.m001_to_m006 import (
    m001_acts_and_audit,
    m002_people,
    m003_sessions,
    m004_captures,
    m005_models_and_estimates,
    m006_governance,
)
from edema_desk.store.migrations.m007_to_m008 import (
    m007_parts_and_probabilities,
    m008_models_in_use,
)
from edema_desk.store.migrations.m009_recordings import m009_recordings
from edema_desk.store.migrations.m010_days_and_tares import m010_days_and_tares
from edema_desk.store.migrations.m011_inbox import m011_inbox
from edema_desk.store.migrations.m012_residuals import m012_residuals
from edema_desk.store.migrations.m013_clip_checks import m013_clip_checks
from edema_desk.store.migrations.m014_network_cameras import m014_network_cameras
from edema_desk.store.migrations.m015_users import m015_users
from edema_desk.store.migrations.m016_record_of_acts import m016_record_of_acts
from edema_desk.store.migrations.m018_consent_and_erasure import m018_consent_and_erasure
from edema_desk.store.migrations.m019_removals import m019_removals
from edema_desk.store.migrations.m020_course_stamps import m020_course_stamps
from edema_desk.store.migrations.m021_judgements import m021_judgements
from edema_desk.store.migrations.m022_before_capture import m022_before_capture
from edema_desk.store.migrations.m024_trainings import m024_trainings

__all__ = [
    "MIGRATIONS",
    "m001_acts_and_audit",
    "m002_people",
    "m003_sessions",
    "m004_captures",
    "m005_models_and_estimates",
    "m006_governance",
    "m007_parts_and_probabilities",
    "m008_models_in_use",
    "m009_recordings",
    "m010_days_and_tares",
    "m011_inbox",
    "m012_residuals",
    "m013_clip_checks",
    "m014_network_cameras",
    "m015_users",
    "m016_record_of_acts",
    "m018_consent_and_erasure",
    "m019_removals",
    "m020_course_stamps",
    "m021_judgements",
    "m022_before_capture",
    "m024_trainings",
]

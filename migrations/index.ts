import type { RoledMigration } from '../server/platform/db/migrate.js'
import { foundationRoles } from './0001_foundation_roles.js'
import { catalogueTerms } from './0002_catalogue_terms.js'
import { ledgerTree } from './0003_ledger_tree.js'
import { ledgerFunctions } from './0004_ledger_functions.js'
import { overviewEvents } from './0005_overview_events.js'
import { overviewRights } from './0006_overview_rights.js'
import { ingestionStreams } from './0007_ingestion_streams.js'
import { identitySessions } from './0008_identity_sessions.js'
import { identitySignIn } from './0009_identity_sign_in.js'
import { ingestionCoverage } from './0010_ingestion_coverage.js'
import { identityCodes } from './0011_identity_codes.js'
import { identityPasskeys } from './0012_identity_passkeys.js'
import { identityStaff } from './0013_identity_staff.js'
import { identityKeptForms } from './0014_identity_kept_forms.js'
import { identityAccounts } from './0015_identity_accounts.js'
import { identityEid } from './0016_identity_eid.js'
import { identityReinstating } from './0017_identity_reinstating.js'
import { rectificationRequests } from './0018_rectification_requests.js'
import { rectificationRights } from './0019_rectification_rights.js'
import { identityColleagues } from './0020_identity_colleagues.js'
import { registersConnectors } from './0021_registers_connectors.js'
import { rectificationFiles } from './0022_rectification_files.js'
import { rectificationSteps } from './0023_rectification_steps.js'
import { overviewRecipients } from './0024_overview_recipients.js'
import { rectificationNotices } from './0025_rectification_notices.js'
import { identityHousing } from './0026_identity_housing.js'
import { noticesMessages } from './0027_notices_messages.js'
import { rectificationDisputed } from './0028_rectification_disputed.js'
import { rectificationReminders } from './0029_rectification_reminders.js'
import { rectificationReporting } from './0030_rectification_reporting.js'
import { rectificationQueue } from './0031_rectification_queue.js'
import { inquiriesInquiries } from './0032_inquiries_inquiries.js'
import { rectificationOwnClerk } from './0033_rectification_own_clerk.js'
import { rectificationSeconds } from './0034_rectification_seconds.js'
import { identityEnding } from './0035_identity_ending.js'
import { noticesFormer } from './0036_notices_former.js'
import { rectificationFourEyes } from './0037_rectification_four_eyes.js'
import { ledgerYears } from './0038_ledger_years.js'
import { consentTables } from './0039_consent_tables.js'
import { consentRights } from './0040_consent_rights.js'
import { rectificationSeveralFields } from './0041_rectification_several_fields.js'
import { noticesUnproved } from './0042_notices_unproved.js'
import { rectificationRounds } from './0043_rectification_rounds.js'
import { rectificationOwnActs } from './0044_rectification_own_acts.js'
import { identityScoped } from './0045_identity_scoped.js'
import { rectificationOwnDisputes } from './0046_rectification_own_disputes.js'
import { noticesWaysIn } from './0047_notices_ways_in.js'
import { rectificationMoves } from './0048_rectification_moves.js'
import { rectificationPaper } from './0049_rectification_paper.js'
import { rectificationSupervision } from './0050_rectification_supervision.js'
import { rectificationWorked } from './0051_rectification_worked.js'
import { identityRefusals } from './0052_identity_refusals.js'
import { overviewEndedConsents } from './0053_overview_ended_consents.js'
import { consentNotices } from './0054_consent_notices.js'
import { blocksBlocks } from './0055_blocks_blocks.js'
import { blocksRights } from './0056_blocks_rights.js'
import { blocksEffects } from './0057_blocks_effects.js'
import { blocksRequests } from './0058_blocks_requests.js'
import { overviewCitedLate } from './0059_overview_cited_late.js'
import { consentCitedLate } from './0060_consent_cited_late.js'
import { noticesEveryOwner } from './0061_notices_every_owner.js'
import { consentReporting } from './0062_consent_reporting.js'
import { rectificationNames } from './0063_rectification_names.js'
import { overviewExplorer } from './0064_overview_explorer.js'
import { reportsArchive } from './0065_reports_archive.js'
import { consentLateRecipients } from './0066_consent_late_recipients.js'
import { identityOfficers } from './0067_identity_officers.js'
import { overviewOfficers } from './0068_overview_officers.js'
import { overviewRelease } from './0069_overview_release.js'
import { overviewOfficerLooks } from './0070_overview_officer_looks.js'
import { reportsReleases } from './0071_reports_releases.js'
import { reportsOnePerson } from './0072_reports_one_person.js'
import { overviewOperatorRefs } from './0073_overview_operator_refs.js'
import { oversightUnmasking } from './0074_oversight_unmasking.js'
import { overviewWatched } from './0075_overview_watched.js'
import { identityPersons } from './0076_identity_persons.js'
import { rectificationCases } from './0077_rectification_cases.js'
import { inquiriesCases } from './0078_inquiries_cases.js'
import { consentCases } from './0079_consent_cases.js'
import { blocksCases } from './0080_blocks_cases.js'
import { oversightFlags } from './0081_oversight_flags.js'
import { oversightFlagRights } from './0082_oversight_flag_rights.js'
import { overviewCounting } from './0083_overview_counting.js'
import { oversightFigures } from './0084_oversight_figures.js'
import { blocksReporting } from './0085_blocks_reporting.js'
import { ingestionReporting } from './0086_ingestion_reporting.js'
import { oversightChecks } from './0087_oversight_checks.js'
import { overviewStatistics } from './0088_overview_statistics.js'
import { rectificationStatistics } from './0089_rectification_statistics.js'
import { oversightStatistics } from './0090_oversight_statistics.js'
import { reportsPapers } from './0091_reports_papers.js'
import { rectificationSupervised } from './0092_rectification_supervised.js'
import { oversightStretches } from './0093_oversight_stretches.js'
import { identityFurtherOffices } from './0094_identity_further_offices.js'
import { reportsAlone } from './0095_reports_alone.js'
import { overviewReviewSeconds } from './0096_overview_review_seconds.js'
import { oversightCheckAskers } from './0097_oversight_check_askers.js'
import { overviewStatisticsPeople } from './0098_overview_statistics_people.js'
import { rectificationStatisticsPeople } from './0099_rectification_statistics_people.js'
import { foundationWatch } from './0100_foundation_watch.js'
import { overviewWatch } from './0101_overview_watch.js'
import { foundationCases } from './0102_foundation_cases.js'
import { oversightAgreement } from './0103_oversight_agreement.js'
import { overviewActing } from './0104_overview_acting.js'
import { oversightStaffRules } from './0105_oversight_staff_rules.js'
import { tidingsInbox } from './0106_tidings_inbox.js'
import { reportsTidings } from './0107_reports_tidings.js'
import { oversightTidings } from './0108_oversight_tidings.js'
import { oversightQuestions } from './0109_oversight_questions.js'
import { overviewProvingLooks } from './0110_overview_proving_looks.js'
import { overviewReviews } from './0111_overview_reviews.js'
import { oversightSearches } from './0112_oversight_searches.js'
import { rectificationLanguages } from './0113_rectification_languages.js'
import { blocksOfficers } from './0114_blocks_officers.js'
import { oversightLookups } from './0115_oversight_lookups.js'
import { oversightResolutions } from './0116_oversight_resolutions.js'
import { overviewFlaggedLooks } from './0117_overview_flagged_looks.js'
import { ingestionPatterns } from './0118_ingestion_patterns.js'
import { oversightCaseRefs } from './0119_oversight_case_refs.js'
import { overviewStatisticsWindows } from './0120_overview_statistics_windows.js'
import { reportsDirectly } from './0121_reports_directly.js'
import { reportsPaperParts } from './0122_reports_paper_parts.js'
import { appointmentsAppointments } from './0123_appointments_appointments.js'
import { appointmentsWatched } from './0124_appointments_watched.js'
import { oversightAppointments } from './0125_oversight_appointments.js'
import { foundationTemporary } from './0126_foundation_temporary.js'
import { overviewStatisticsWhole } from './0127_overview_statistics_whole.js'
import { rectificationStatisticsDue } from './0128_rectification_statistics_due.js'
import { oversightStatisticsDue } from './0129_oversight_statistics_due.js'
import { identityOwnPosts } from './0130_identity_own_posts.js'
import { oversightLookupsOnce } from './0131_oversight_lookups_once.js'
import { reportsAloneOnce } from './0132_reports_alone_once.js'
import { oversightLookupFinds } from './0133_oversight_lookup_finds.js'
import { appointmentsEnded } from './0134_appointments_ended.js'
import { emergenciesEmergencies } from './0135_emergencies_emergencies.js'
import { overviewDeclarable } from './0136_overview_declarable.js'
import { emergenciesWatched } from './0137_emergencies_watched.js'
import { oversightEmergencies } from './0138_oversight_emergencies.js'
import { oversightStaffWaiting } from './0139_oversight_staff_waiting.js'

/** Every migration in the order in which it runs; a landed one never changes. */
export const migrations: Readonly<Record<string, RoledMigration>> = {
  '0001_foundation_roles': foundationRoles,
  '0002_catalogue_terms': catalogueTerms,
  '0003_ledger_tree': ledgerTree,
  '0004_ledger_functions': ledgerFunctions,
  '0005_overview_events': overviewEvents,
  '0006_overview_rights': overviewRights,
  '0007_ingestion_streams': ingestionStreams,
  '0008_identity_sessions': identitySessions,
  '0009_identity_sign_in': identitySignIn,
  '0010_ingestion_coverage': ingestionCoverage,
  '0011_identity_codes': identityCodes,
  '0012_identity_passkeys': identityPasskeys,
  '0013_identity_staff': identityStaff,
  '0014_identity_kept_forms': identityKeptForms,
  '0015_identity_accounts': identityAccounts,
  '0016_identity_eid': identityEid,
  '0017_identity_reinstating': identityReinstating,
  '0018_rectification_requests': rectificationRequests,
  '0019_rectification_rights': rectificationRights,
  '0020_identity_colleagues': identityColleagues,
  '0021_registers_connectors': registersConnectors,
  '0022_rectification_files': rectificationFiles,
  '0023_rectification_steps': rectificationSteps,
  '0024_overview_recipients': overviewRecipients,
  '0025_rectification_notices': rectificationNotices,
  '0026_identity_housing': identityHousing,
  '0027_notices_messages': noticesMessages,
  '0028_rectification_disputed': rectificationDisputed,
  '0029_rectification_reminders': rectificationReminders,
  '0030_rectification_reporting': rectificationReporting,
  '0031_rectification_queue': rectificationQueue,
  '0032_inquiries_inquiries': inquiriesInquiries,
  '0033_rectification_own_clerk': rectificationOwnClerk,
  '0034_rectification_seconds': rectificationSeconds,
  '0035_identity_ending': identityEnding,
  '0036_notices_former': noticesFormer,
  '0037_rectification_four_eyes': rectificationFourEyes,
  '0038_ledger_years': ledgerYears,
  '0039_consent_tables': consentTables,
  '0040_consent_rights': consentRights,
  '0041_rectification_several_fields': rectificationSeveralFields,
  '0042_notices_unproved': noticesUnproved,
  '0043_rectification_rounds': rectificationRounds,
  '0044_rectification_own_acts': rectificationOwnActs,
  '0045_identity_scoped': identityScoped,
  '0046_rectification_own_disputes': rectificationOwnDisputes,
  '0047_notices_ways_in': noticesWaysIn,
  '0048_rectification_moves': rectificationMoves,
  '0049_rectification_paper': rectificationPaper,
  '0050_rectification_supervision': rectificationSupervision,
  '0051_rectification_worked': rectificationWorked,
  '0052_identity_refusals': identityRefusals,
  '0053_overview_ended_consents': overviewEndedConsents,
  '0054_consent_notices': consentNotices,
  '0055_blocks_blocks': blocksBlocks,
  '0056_blocks_rights': blocksRights,
  '0057_blocks_effects': blocksEffects,
  '0058_blocks_requests': blocksRequests,
  '0059_overview_cited_late': overviewCitedLate,
  '0060_consent_cited_late': consentCitedLate,
  '0061_notices_every_owner': noticesEveryOwner,
  '0062_consent_reporting': consentReporting,
  '0063_rectification_names': rectificationNames,
  '0064_overview_explorer': overviewExplorer,
  '0065_reports_archive': reportsArchive,
  '0066_consent_late_recipients': consentLateRecipients,
  '0067_identity_officers': identityOfficers,
  '0068_overview_officers': overviewOfficers,
  '0069_overview_release': overviewRelease,
  '0070_overview_officer_looks': overviewOfficerLooks,
  '0071_reports_releases': reportsReleases,
  '0072_reports_one_person': reportsOnePerson,
  '0073_overview_operator_refs': overviewOperatorRefs,
  '0074_oversight_unmasking': oversightUnmasking,
  '0075_overview_watched': overviewWatched,
  '0076_identity_persons': identityPersons,
  '0077_rectification_cases': rectificationCases,
  '0078_inquiries_cases': inquiriesCases,
  '0079_consent_cases': consentCases,
  '0080_blocks_cases': blocksCases,
  '0081_oversight_flags': oversightFlags,
  '0082_oversight_flag_rights': oversightFlagRights,
  '0083_overview_counting': overviewCounting,
  '0084_oversight_figures': oversightFigures,
  '0085_blocks_reporting': blocksReporting,
  '0086_ingestion_reporting': ingestionReporting,
  '0087_oversight_checks': oversightChecks,
  '0088_overview_statistics': overviewStatistics,
  '0089_rectification_statistics': rectificationStatistics,
  '0090_oversight_statistics': oversightStatistics,
  '0091_reports_papers': reportsPapers,
  '0092_rectification_supervised': rectificationSupervised,
  '0093_oversight_stretches': oversightStretches,
  '0094_identity_further_offices': identityFurtherOffices,
  '0095_reports_alone': reportsAlone,
  '0096_overview_review_seconds': overviewReviewSeconds,
  '0097_oversight_check_askers': oversightCheckAskers,
  '0098_overview_statistics_people': overviewStatisticsPeople,
  '0099_rectification_statistics_people': rectificationStatisticsPeople,
  '0100_foundation_watch': foundationWatch,
  '0101_overview_watch': overviewWatch,
  '0102_foundation_cases': foundationCases,
  '0103_oversight_agreement': oversightAgreement,
  '0104_overview_acting': overviewActing,
  '0105_oversight_staff_rules': oversightStaffRules,
  '0106_tidings_inbox': tidingsInbox,
  '0107_reports_tidings': reportsTidings,
  '0108_oversight_tidings': oversightTidings,
  '0109_oversight_questions': oversightQuestions,
  '0110_overview_proving_looks': overviewProvingLooks,
  '0111_overview_reviews': overviewReviews,
  '0112_oversight_searches': oversightSearches,
  '0113_rectification_languages': rectificationLanguages,
  '0114_blocks_officers': blocksOfficers,
  '0115_oversight_lookups': oversightLookups,
  '0116_oversight_resolutions': oversightResolutions,
  '0117_overview_flagged_looks': overviewFlaggedLooks,
  '0118_ingestion_patterns': ingestionPatterns,
  '0119_oversight_case_refs': oversightCaseRefs,
  '0120_overview_statistics_windows': overviewStatisticsWindows,
  '0121_reports_directly': reportsDirectly,
  '0122_reports_paper_parts': reportsPaperParts,
  '0123_appointments_appointments': appointmentsAppointments,
  '0124_appointments_watched': appointmentsWatched,
  '0125_oversight_appointments': oversightAppointments,
  '0126_foundation_temporary': foundationTemporary,
  '0127_overview_statistics_whole': overviewStatisticsWhole,
  '0128_rectification_statistics_due': rectificationStatisticsDue,
  '0129_oversight_statistics_due': oversightStatisticsDue,
  '0130_identity_own_posts': identityOwnPosts,
  '0131_oversight_lookups_once': oversightLookupsOnce,
  '0132_reports_alone_once': reportsAloneOnce,
  '0133_oversight_lookup_finds': oversightLookupFinds,
  '0134_appointments_ended': appointmentsEnded,
  '0135_emergencies_emergencies': emergenciesEmergencies,
  '0136_overview_declarable': overviewDeclarable,
  '0137_emergencies_watched': emergenciesWatched,
  '0138_oversight_emergencies': oversightEmergencies,
  '0139_oversight_staff_waiting': oversightStaffWaiting,
}

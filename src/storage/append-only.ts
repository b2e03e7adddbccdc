type Columns = {
  /** Filled once: null until then. */
  once?: readonly string[]
  /** May change at any time. */
  changing?: readonly string[]
}

/**
 * The tables that are only ever added to, with the columns that may change all the same. The database refuses every
 * other UPDATE, each DELETE and TRUNCATE with triggers (`make_append_only` in a migration), whoever asks; and the app's
 * own user has no right to them either (grants.ts).
 */
export const appendOnly: Readonly<Record<string, Columns>> = {
  activity_opinions: {},
  audit_entries: {},
  audit_forgotten: {},
  audit_links: {},
  case_documents: {},
  case_events: {},
  case_needs: {},
  case_outcomes: {},
  consent_texts: {},
  consent_withdrawals: {},
  consents: { once: ['request_id'] },
  corrections: {},
  data_request_steps: {},
  destruction_acts: {},
  family_events: {},
  family_notes: {},
  handed_in_reports: {},
  help_results: {},
  incoming_appeals: {},
  incoming_steps: {},
  level_decisions: {},
  main_categories: {},
  messages: { once: ['delivered_at', 'read_at'] },
  oversights: {},
  paper_scans: {},
  plan_proposal_answers: {},
  plan_proposals: {},
  plan_versions: {},
  report_parts: {},
  representative_checks: {},
  request_duplicates: { once: ['undone_at'] },
  request_events: {},
  retention_runs: {},
  routing_decisions: {},
  safety_facts: { changing: ['until', 'ended_by_staff_id', 'ended_by_key_id'] },
  safety_overrides: {},
  said_done: { once: ['withdrawn_at'] },
  survey_versions: { once: ['retired_at'] },
  visit_answers: {},
}

/** Changed until they are sent, and kept as they were sent: the rows have triggers of their own. */
export const keptOnceSent: readonly string[] = ['survey_answers', 'survey_responses']

import type { SubjectKind } from './known-keys.ts'

/** Sealed columns of a table that belong to one kind of subject. All values are SQL about a row `t`. */
export type PersonalData = {
  table: string
  kind: SubjectKind
  /** The id of the subject. */
  whose: string
  /** That it is one of `:ids`, where an index does not help with `whose`. */
  theirs?: string
  /** Where each column is sealed (its additional data), after `table.column.`. */
  columns: Readonly<Record<string, string>>
  /** Which rows these are; absent: all. */
  only?: string
}

const ofRequest = {
  kind: 'person',
  whose: '(SELECT person_id FROM requests WHERE id = t.request_id)',
  theirs: 't.request_id IN (SELECT id FROM requests WHERE person_id = ANY(:ids))',
} as const
const byFamily = { kind: 'family', whose: 't.family_id' } as const
const byMember = { kind: 'member', whose: 't.member_id' } as const
const byPerson = { kind: 'person', whose: 't.person_id' } as const

/**
 * Whose everything sealed is: what seals anew, erases and exports goes by this. A test compares it with the columns that are
 * decided as sealed, and another one with what is stored.
 */
export const personalData: readonly PersonalData[] = [
  { table: 'persons', kind: 'person', whose: 't.id', columns: { sealed_account: 't.id' } },
  { table: 'drafts', ...byPerson, columns: { answers: 't.person_id' } },
  { table: 'requests', ...byPerson, columns: { answers: 't.id', contact: 't.id', urgent_reasons: 't.id' } },
  {
    ...{ table: 'request_events', ...ofRequest },
    columns: { text: 't.request_id', file: 't.request_id' },
  },
  {
    ...{ table: 'request_duplicates', kind: 'person', columns: { before: 't.id' } },
    whose: '(SELECT person_id FROM requests WHERE id = t.duplicate_id)',
    theirs: 't.duplicate_id IN (SELECT id FROM requests WHERE person_id = ANY(:ids))',
  },
  { table: 'oversights', ...ofRequest, columns: { reason: 't.id' } },
  {
    ...{ table: 'corrections', ...ofRequest, only: 't.request_id IS NOT NULL' },
    columns: { before: 't.id', reason: 't.id' },
  },
  {
    ...{ table: 'corrections', ...byMember, only: 't.member_id IS NOT NULL' },
    columns: { before: 't.id', reason: 't.id' },
  },
  { table: 'family_members', kind: 'member', whose: 't.id', columns: { name: 't.id', contact: 't.id' } },
  { table: 'safety_facts', ...byMember, columns: { kind: 't.id' } },
  { table: 'messages', ...byMember, columns: { text: 't.id', file: 't.id' } },
  { table: 'plan_proposals', ...byMember, columns: { text: 't.id' } },
  {
    ...{ table: 'plan_proposal_answers', kind: 'member', columns: { text: 't.proposal_id' } },
    whose: '(SELECT member_id FROM plan_proposals WHERE id = t.proposal_id)',
    theirs: 't.proposal_id IN (SELECT id FROM plan_proposals WHERE member_id = ANY(:ids))',
  },
  {
    ...{ table: 'survey_answers', kind: 'member', columns: { text: `t.invitation_id || '.' || t.question` } },
    whose: '(SELECT member_id FROM survey_invitations WHERE id = t.invitation_id)',
    theirs: 't.invitation_id IN (SELECT id FROM survey_invitations WHERE member_id = ANY(:ids))',
  },
  {
    ...{ table: 'activity_opinions', ...byPerson },
    columns: { text: `t.activity_id || '.' || t.version || '.' || t.person_id` },
  },
  {
    ...{ table: 'together', kind: 'person', whose: 't.starter_id' },
    columns: { token: 't.id', starter_name: 't.id' },
  },
  {
    ...{ table: 'together', kind: 'person', whose: 't.joiner_id', only: 't.joiner_id IS NOT NULL' },
    columns: { joiner_name: 't.id' },
  },
  { table: 'paper_scans', ...byPerson, columns: { content: 't.id' } },
  { table: 'representative_checks', ...byPerson, columns: { details: 't.id' } },
  { table: 'visit_answers', ...byPerson, columns: { text: `t.visit_id || '.' || t.person_id` } },
  { table: 'case_events', ...byFamily, columns: { words: 't.family_id' } },
  { table: 'case_needs', ...byFamily, columns: { code: 't.id', reason: 't.id' } },
  { table: 'level_decisions', ...byFamily, columns: { signs: 't.id', reason: 't.id' } },
  { table: 'safety_overrides', ...byFamily, columns: { reason: 't.id' } },
  { table: 'family_notes', ...byFamily, columns: { text: 't.id' } },
  { table: 'plan_versions', ...byFamily, columns: { document: `t.family_id || '.' || t.version` } },
  {
    ...{ table: 'activities', ...byFamily, only: `t.catalogue <> ''` },
    columns: { catalogue: `t.family_id || '.' || t.code` },
  },
  {
    ...{ table: 'activity_marks', kind: 'family', columns: { words: `t.activity_id || '.' || t.on` } },
    whose: '(SELECT family_id FROM activities WHERE id = t.activity_id)',
    theirs: 't.activity_id IN (SELECT id FROM activities WHERE family_id = ANY(:ids))',
  },
  {
    ...{ table: 'visits', ...byFamily },
    columns: { content: 't.id', door_code: `t.id || '.' || t.version`, result: 't.id' },
  },
  { table: 'incoming_appeals', kind: 'appeal', whose: 't.id', columns: { content: 't.id' } },
  { table: 'erasure_errands', kind: 'errand', whose: 't.id', columns: { content: 't.id' } },
  { table: 'incoming_steps', kind: 'appeal', whose: 't.appeal_id', columns: { reason: 't.appeal_id' } },
]

/** What belongs to the centre, or lasts for a day: sealed with DATA_KEYS themselves. */
export const centreData: readonly Omit<PersonalData, 'kind' | 'whose'>[] = [
  { table: 'staff_drafts', columns: { content: `t.staff_id || '.' || t.form` } },
  {
    table: 'idempotent_answers',
    columns: { answer: `t.api_key_id || '.' || t.key` },
    only: `t.answer <> 'v1.none.'`,
  },
  { table: 'webhook_endpoints', columns: { secrets: 't.id' } },
  { table: 'webhook_attempts', columns: { response: 't.delivery_id' } },
  { table: 'handed_in_reports', columns: { reason: 't.id' } },
  // The register of requests of data subjects outlives the data that it is about.
  { table: 'data_requests', columns: { content: 't.id' } },
  { table: 'data_request_steps', columns: { text: 't.data_request_id' } },
]

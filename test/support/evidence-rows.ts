import { randomUUID } from 'node:crypto'
import type { Database } from '#storage/database.ts'

const sealed = `'v1.test.words'`
const id = () => `'${randomUUID()}'`
const at = `'2026-11-24T09:00:00Z'`

/** A row of each table that is only added to: its columns, and their values as SQL. */
const rows: Readonly<Record<string, Record<string, string>>> = {
  activity_opinions: { activity_id: id(), version: '1', person_id: id(), kind: `'agree'`, text: sealed, at },
  retention_runs: { id: id(), at, started_by: `'schedule'`, counts: `'{}'` },
  audit_entries: { at, staff_id: id(), action: `'request.details'`, request_id: id() },
  audit_forgotten: { position: '1', hash: `repeat('a', 64)`, entries: '1', at },
  audit_links: { position: '1', entry_id: '1', day: `'2026-11-24'`, hash: `repeat('a', 64)` },
  case_needs: {
    id: id(),
    need_id: id(),
    version: '1',
    family_id: id(),
    kind: `'category'`,
    code: sealed,
    since: `'2026-11-01'`,
    found_by: `'staff'`,
    at,
  },
  case_outcomes: {
    family_id: id(),
    episode_id: id(),
    kind: `'better'`,
    answer: 'true',
    day: `'2026-11-24'`,
    api_key_id: id(),
    at,
  },
  case_events: {
    family_id: id(),
    episode_id: id(),
    round: '1',
    kind: `'application'`,
    day: `'2026-11-24'`,
    at,
  },
  help_results: { id: '1', activity_id: id(), result: `'received'`, on: `'2026-11-24'`, staff_id: id(), at },
  case_documents: {
    id: id(),
    family_id: id(),
    code: `'contract'`,
    event: `'signed'`,
    on: `'2026-11-24'`,
    staff_id: id(),
    at,
  },
  plan_proposals: { id: id(), family_id: id(), member_id: id(), person_id: id(), text: sealed, at },
  plan_proposal_answers: { proposal_id: id(), kind: `'declined'`, text: sealed, staff_id: id(), at },
  request_duplicates: {
    ...{ id: id(), duplicate_id: id(), kept_id: id(), same_person: 'true', own_due_at: at, before: sealed },
    ...{ at, staff_id: id() },
  },
  family_notes: { id: id(), family_id: id(), at, text: sealed, staff_id: id() },
  consent_texts: {
    hash: `repeat('a', 64)`,
    kind: `'personal-data'`,
    language: `'ru'`,
    address: `'adult'`,
    version: `'2026-11-01'`,
    title: `'a'`,
    markdown: `'b'`,
    at,
  },
  data_request_steps: { data_request_id: id(), kind: `'answered'`, text: sealed, at },
  paper_scans: { id: id(), person_id: id(), type: `'pdf'`, content: sealed, staff_id: id(), at },
  representative_checks: {
    id: id(),
    person_id: id(),
    paper: `'guardianship'`,
    details: sealed,
    seen_on: `'2026-11-01'`,
    staff_id: id(),
    at,
  },
  consent_withdrawals: { consent_id: id(), at },
  consents: {
    id: id(),
    person_id: id(),
    kind: `'personal-data'`,
    version: `'2026-11-01'`,
    text_hash: `repeat('a', 64)`,
    language: `'ru'`,
    given_at: at,
    // A column that is empty cannot be shown to refuse a change.
    ...{ channel: `'paper'`, how: `'paper'`, signed_on: `'2026-11-01'` },
  },
  corrections: {
    id: id(),
    request_id: id(),
    fields: `'{name}'`,
    before: sealed,
    reason: sealed,
    staff_id: id(),
    at,
  },
  handed_in_reports: {
    id: id(),
    region: `'novgorod'`,
    period: `'2026-Q3'`,
    number: '1',
    categories: `'all'`,
    figures: `'{}'`,
    faults: `'{}'`,
    at,
  },
  report_parts: {
    id: id(),
    region: `'novgorod'`,
    period: `'2026-Q3'`,
    territories: `'{}'`,
    categories: `'all'`,
    seen: `'0123456789abcdef'`,
    staff_id: id(),
    at,
  },
  family_events: { family_id: id(), at, kind: `'stage'`, detail: `'plan'` },
  incoming_appeals: {
    id: id(),
    region: `'stavropol'`,
    territory: `'leninsky'`,
    source: `'school'`,
    received_on: `'2026-11-01'`,
    content: sealed,
    urgent: 'false',
    staff_id: id(),
    at,
  },
  incoming_steps: { appeal_id: id(), kind: `'unconfirmed'`, reason: sealed, at },
  level_decisions: { id: id(), family_id: id(), signs: sealed, level: `'basic'`, at },
  main_categories: { family_id: id(), need_id: id(), since: `'2026-11-01'`, at },
  messages: { id: id(), family_id: id(), member_id: id(), author: `'member'`, text: sealed, at },
  plan_versions: {
    id: id(),
    family_id: id(),
    version: '1',
    level: `'basic'`,
    from: `'2026-11-01'`,
    until: `'2027-01-31'`,
    document: sealed,
    activities: '3',
    at,
  },
  request_events: { request_id: id(), at, kind: `'note'`, text: sealed },
  routing_decisions: { request_id: id(), at, trigger: `'submitted'`, reason: `'{}'` },
  safety_facts: { id: id(), family_id: id(), member_id: id(), kind: sealed, since: at },
  safety_overrides: { id: id(), family_id: id(), kind: `'invite'`, reason: sealed, at },
  said_done: {
    id: id(),
    survey_code: `'a'`,
    from: `'2026-09-01'`,
    until: `'2026-09-30'`,
    said: `'a'`,
    done: `'b'`,
    published_at: at,
  },
  survey_versions: { code: `'a'`, version: '1', definition: `'{}'`, published_at: at },
  visit_answers: { visit_id: id(), version: '1', person_id: id(), kind: `'confirmed'`, text: sealed, at },
}

/** Puts a row into each of the tables, without those that it refers to. */
export const addEvidence = async ({ transaction }: Database): Promise<void> =>
  transaction(async (tx) => {
    await tx.$executeRawUnsafe('SET LOCAL session_replication_role = replica')
    for (const [table, row] of Object.entries(rows)) {
      const columns = Object.keys(row).map((name) => `"${name}"`)
      await tx.$executeRawUnsafe(
        `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${Object.values(row).join(', ')})`,
      )
    }
  })

/** An expression for another value of a column, by its type. */
export const another: Readonly<Record<string, (column: string) => string>> = {
  uuid: () => 'gen_random_uuid()',
  text: (column) => `coalesce(${column}, '') || 'x'`,
  jsonb: () => `'{"another": true}'`,
  'timestamp with time zone': (column) => `coalesce(${column}, now()) + interval '1 day'`,
  date: (column) => `${column} + 1`,
  integer: (column) => `coalesce(${column}, 0) + 1`,
  bigint: (column) => `coalesce(${column}, 0) + 1`,
  // Of codes or of ids.
  ARRAY: (column) => `${column} || ${column}`,
  boolean: (column) => `NOT coalesce(${column}, false)`,
}

import { readFileSync } from 'node:fs'
import { consentColumns } from './consent-columns.ts'

/**
 * What stands in a column that could hold words: a sealed value; a code or figure of a closed set; an id of somebody
 * else's; a hash or random value; or something in the clear, as docs/security.md says in these words.
 */
export type Decision = 'sealed' | 'code' | 'id' | 'hash' | { clear: string }

const staffNames = { clear: 'first names, languages and duty hours of staff' }
const territoryNames = { clear: 'names of territories' }
const surveyTexts = { clear: 'wording of surveys' }
const waitingJobs = { clear: 'jobs that wait for somebody who has hidden the chat, as ids and codes' }
const outcomes = { clear: 'what the centre publishes about answers' }

/** Every text and JSON column of the schema; a test fails for one without a decision. */
export const columnDecisions: Readonly<Record<string, Readonly<Record<string, Decision>>>> = {
  persons: {
    account: 'hash',
    sealed_account: 'sealed',
    language: 'code',
    address: 'code',
    push_mode: 'code',
    quiet_from: 'code',
    quiet_until: 'code',
  },
  subject_keys: { id: 'id', kind: 'code', wrapped: 'sealed' },
  destruction_acts: {
    ground: 'code',
    kind: 'code',
    counts: { clear: 'what was destroyed, by table and count' },
    journal: { clear: 'what was destroyed, by table and count' },
  },
  erasure_errands: { content: 'sealed' },
  drafts: { region: 'code', answers: 'sealed' },
  ...consentColumns,
  promises: { wants: 'code' },
  work_alarms: { cause: 'code', detail: 'code', level: 'code' },
  search_marks: { mark: 'hash', key: 'code' },
  oversights: { reason: 'sealed' },
  staff_messages: { message_id: 'id' },
  chat_messages: { message_id: 'id' },
  hidden_chats: { account: 'hash', message_ids: 'id', waiting: waitingJobs },
  help_results: { result: 'code' },
  case_documents: { code: 'code', event: 'code' },
  corrections: { fields: 'code', before: 'sealed', reason: 'sealed' },
  incoming_appeals: { region: 'code', territory: 'code', source: 'code', content: 'sealed' },
  incoming_steps: { kind: 'code', reason: 'sealed' },
  case_outcomes: { kind: 'code' },
  handed_in_reports: {
    region: 'code',
    period: 'code',
    categories: 'code',
    figures: { clear: 'figures by row of a report, with nothing of a family' },
    faults: 'code',
    reason: 'sealed',
  },
  report_parts: { region: 'code', period: 'code', territories: 'code', categories: 'code', seen: 'hash' },
  report_notices: { region: 'code', period: 'code', kind: 'code' },
  case_needs: { kind: 'code', code: 'sealed', found_by: 'code', reason: 'sealed' },
  level_decisions: { signs: 'sealed', proposed: 'code', level: 'code', reason: 'sealed' },
  requests: {
    number: 'code',
    region: 'code',
    territory: 'code',
    kind: 'code',
    applicant: 'code',
    help_kinds: 'code',
    representative_consent: 'code',
    status: 'code',
    answers: 'sealed',
    contact: 'sealed',
    stage: 'code',
    urgent_reasons: 'sealed',
    ground: 'code',
    source: 'code',
    safety_check: 'code',
  },
  request_duplicates: { before: 'sealed' },
  request_events: { kind: 'code', detail: 'code', text: 'sealed', file: 'sealed', file_kind: 'code' },
  staff_members: {
    name: staffNames,
    role: 'code',
    territories: 'code',
    languages: 'code',
    duty_hours: staffNames,
  },
  territories: {
    code: 'code',
    name_ru: territoryNames,
    name_en: territoryNames,
    called: territoryNames,
    town: territoryNames,
    area_code: 'code',
    successor: 'code',
  },
  staff_invites: { token_hash: 'hash' },
  staff_drafts: { form: 'code', content: 'sealed' },
  staff_cards: { message_id: 'id' },
  audit_entries: { action: 'code' },
  audit_links: { hash: 'hash' },
  audit_forgotten: { hash: 'hash' },
  retention_runs: { started_by: 'code', counts: { clear: 'how much was deleted, by rule' } },
  processed_updates: { channel: 'code', id: 'id' },
  failed_updates: { channel: 'code', id: 'id', error: 'code' },
  routing_decisions: { trigger: 'code', reason: { clear: 'reasons of routing, as codes and figures' } },
  api_keys: {
    name: { clear: 'names of keys' },
    token_hash: 'hash',
    scopes: 'code',
    territories: 'code',
  },
  idempotent_answers: { key: 'hash', request: 'hash', answer: 'sealed' },
  webhook_endpoints: {
    url: { clear: 'URLs of endpoints' },
    events: 'code',
    territories: 'code',
    secrets: 'sealed',
    status: 'code',
    paused_for: 'code',
  },
  webhook_events: {
    type: 'code',
    territory: 'code',
    scope: 'code',
    data: { clear: 'payloads of webhooks: ids, codes and figures' },
  },
  webhook_deliveries: { status: 'code' },
  webhook_attempts: { error: 'code', response: 'sealed' },
  families: {
    region: 'code',
    territory: 'code',
    level: 'code',
    stage: 'code',
    status: 'code',
    terms_mark: 'hash',
  },
  episodes: { ground: 'code', opening_stage: 'code', closing: 'code' },
  case_events: { kind: 'code', detail: 'code', reason: 'code', words: 'sealed', left_stage: 'code' },
  case_terms: { code: 'code', responsible: 'code', state: 'code' },
  family_members: { role: 'code', name: 'sealed', contact: 'sealed' },
  account_changes: { decision: 'code', how: 'code' },
  safety_facts: { kind: 'sealed' },
  safety_overrides: { kind: 'code', reason: 'sealed' },
  family_invites: { token_hash: 'hash' },
  family_notes: { text: 'sealed' },
  family_events: { kind: 'code', detail: 'code' },
  plan_proposals: { text: 'sealed' },
  plan_proposal_answers: { kind: 'code', text: 'sealed', code: 'code', help_kind: 'code' },
  plan_versions: { level: 'code', document: 'sealed' },
  activities: {
    code: { clear: 'its code' },
    kind: 'code',
    audience: 'code',
    status: 'code',
    catalogue: 'sealed',
  },
  activity_marks: { author: 'code', words: 'sealed' },
  activity_opinions: { kind: 'code', text: 'sealed' },
  visits: {
    purpose: 'code',
    audience: 'code',
    content: 'sealed',
    door_code: 'sealed',
    status: 'code',
    last_move: 'code',
    result: 'sealed',
  },
  visit_answers: { kind: 'code', text: 'sealed' },
  visit_reminders: { kind: 'code' },
  visit_cards: { message_id: 'id' },
  pushes: { key: 'code', kind: 'code', status: 'code', message_id: 'id' },
  messages: { author: 'code', text: 'sealed', file: 'sealed', file_kind: 'code' },
  danger_entries_off: { entry: 'code' },
  quick_replies: { content: { clear: 'ready answers of the centre' } },
  places: {
    territory: 'code',
    audience: 'code',
    topics: 'code',
    content: { clear: 'places outside the centre to turn to' },
  },
  centre_days: { kind: 'code', act: { clear: 'acts that name days off' } },
  alarming_words: { word: { clear: 'alarming words' } },
  calendar_links: { token_hash: 'hash' },
  staff_photos: { bytes: { clear: 'photos of staff' }, hash: 'hash' },
  survey_versions: { code: 'code', definition: surveyTexts },
  survey_invitations: {
    key: 'code',
    survey_code: 'code',
    territory: 'code',
    level: 'code',
    help_kinds: 'code',
    status: 'code',
  },
  survey_answers: { question: 'code', codes: 'code', text: 'sealed' },
  survey_tallies: { survey_code: 'code', territory: 'code', slice: 'code', question: 'code' },
  survey_funnels: { survey_code: 'code', territory: 'code', slice: 'code', stopped: 'code' },
  survey_salt: { salt: 'hash' },
  survey_rescues: { question: 'code' },
  said_done: {
    survey_code: 'code',
    territory: 'code',
    said: outcomes,
    done: outcomes,
    said_en: outcomes,
    done_en: outcomes,
  },
  console_links: { token_hash: 'hash' },
  console_sessions: {
    token_hash: 'hash',
    role: 'code',
    place: { clear: 'which record is open, by its id' },
    results_filter: { clear: 'what a supervisor filters results by' },
  },
  console_passkeys: {
    credential: { clear: 'the id of a public key, which means something to its device alone' },
    public_key: { clear: 'a public key' },
    name: { clear: 'what a member of staff calls their key' },
  },
  console_challenges: { hash: 'hash' },
  console_identities: { value_hash: 'hash' },
  console_forms: { next: { clear: 'a path of the console, with ids' } },
}

/** How a value of each kind looks; words of people look like none of them. */
export const looks: Readonly<Record<Exclude<Decision, { clear: string }>, RegExp>> = {
  sealed: /^v[12]\.[\w-]+\.[\w+/=-]+$/,
  code: /^[a-zA-Z0-9*][\w.:*-]*$/,
  id: /^[\w-]{1,64}$/,
  // Hex, or 32 bytes in base64url.
  hash: /^([0-9a-f-]{32,}|[\w-]{43})$/,
}

export type TextColumn = { table: string; column: string; list: boolean }

/** The columns of schema.prisma that could hold words: texts, lists of texts, JSON and bytes; UUIDs cannot. */
export const textColumns = (): TextColumn[] => {
  const schema = readFileSync(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8')
  return [...schema.matchAll(/^model \w+ \{\n([\s\S]*?)^\}/gm)].flatMap(([, body = '']) => {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1] ?? ''
    const fields = [...body.matchAll(/^ {2}(\w+) +(?:String|Json|Bytes)(\[\])?\??(?: +(.*))?$/gm)]
    return fields
      .filter(([, , , rest = '']) => !rest.includes('@db.Uuid'))
      .map(([, name = '', list, rest = '']) => ({
        table,
        column: /@map\("(\w+)"\)/.exec(rest)?.[1] ?? name,
        list: list !== undefined,
      }))
  })
}

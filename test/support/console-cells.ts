import { type RequestRight, requestRights } from '#features/requests/request-access.ts'
import type { StaffRole } from '#storage/staff/staff.ts'
import { notForSupervisors } from './console-administration.ts'
import { missing } from './submitted.ts'

// What the matrix cannot see in a route: which values its parameters take, and what stands in the way of a form.

/** Parameters that are codes, and not ids of something that belongs to somebody. */
export const codesInPaths: Readonly<Record<string, string>> = {
  code: 'application',
  file: 'figures.csv',
  kind: 'xlsx',
  period: '2026-3',
  row: 'abuse',
  survey: 'after-visit',
  question: 'helped',
}

/** Collections that go by another name in the rows of a territory. */
export const otherNames: Readonly<Record<string, string>> = {
  talk: 'members',
  terms: 'deadlines',
  told: 'done',
  merge: 'requests',
  separate: 'requests',
  days: 'off',
}

/** The query that a page cannot be asked without. */
export const queriesOf: Readonly<Record<string, string>> = {
  'GET /console/reports/registers/:register/families':
    '?from=2026-07-01&until=2026-09-30&row=in-crisis&column=now',
}

/** What has no territory, or is a person's own: a missing one stands in for another territory's. */
export const nobodys = {
  ...{ surveys: missing, territories: missing, registers: missing, passkeys: missing },
  'data-requests': missing,
  ...{ replies: missing, off: missing },
}

/** A report that the matrix's region does not demand, a figure that nobody named, what families were told, a draft of a plan. */
const elsewhere = [
  /\/console\/reports\/quarter\//,
  /\/console\/surveys\/told\/publish/,
  /\/plan\/(edit\/:code|publish)$/,
]
const isElsewhere = (name: string): boolean => elsewhere.some((one) => one.test(name))

/** What is answered that the state of the matrix does not allow: by a route's name, for all roles or for one. */
const otherwise: Readonly<Record<string, number>> = {
  // It is taken.
  'supervisor: POST /console/requests/:id/claim': 409,
  // Supervisors answer first; intake where there is none.
  'intake: POST /console/rescues/:id/answered': 404,
  // Nobody is known whose data could be blocked or whose consent withdrawn, and no answer was given.
  'POST /console/data-requests/:id/restrict': 409,
  'POST /console/data-requests/:id/withdraw': 409,
  'supervisor: POST /console/data-requests/:id/look': 409,
  'GET /console/data-requests/:id/answer.pdf': 404,
  // Nobody is known of whom it is.
  'supervisor: GET /console/data-requests/:id/copy.pdf': 409,
  'supervisor: GET /console/data-requests/:id/copy.json': 409,
  // The number is of nobody.
  'POST /console/data-requests/new': 422,
  // Nothing is scanned, nobody is named who has signed, and nothing is ticked; a supervisor says first why they open what somebody else has.
  'GET /console/families/:id/scans/:scan': 404,
  'GET /console/requests/:id/scans/:scan': 404,
  'POST /console/families/:id/consents': 422,
  'POST /console/families/:id/consents/authority': 422,
  'intake: POST /console/requests/:id/papers': 422,
  'supervisor: GET /console/requests/:id/papers': 404,
  'supervisor: GET /console/requests/:id/papers/:code': 404,
  'supervisor: POST /console/requests/:id/papers': 404,
  'supervisor: POST /console/requests/:id/papers/authority': 404,
  // It names no file.
  'GET /console/requests/:id/file': 404,
  // It is neither urgent nor withdrawn, and a stage and a colleague are chosen from what the page offers.
  'GET /console/requests/:id/calm': 409,
  'POST /console/requests/:id/calm': 409,
  'GET /console/requests/:id/check': 409,
  'POST /console/requests/:id/check': 409,
  'POST /console/requests/:id/stage': 409,
  'POST /console/requests/:id/give': 409,
  // Whoever has it says no why.
  'intake: POST /console/requests/:id/oversee': 409,
  // A supervisor says first why they open what somebody else has.
  'supervisor: GET /console/requests/:id/words': 404,
  'supervisor: GET /console/requests/:id/contact': 404,
  // A link that was made in this session, a family that stays in touch, a fact that is there.
  'GET /console/families/:id/invitation': 404,
  'GET /console/families/:id/look': 404,
  'POST /console/families/:id/look': 409,
  'POST /console/families/:id/safety': 404,
  // Somebody is invited, and a need, a stage and an hour are chosen from what the page offers.
  'POST /console/families/:id/invite': 422,
  'POST /console/families/:id/needs': 422,
  'POST /console/families/:id/stage': 409,
  'POST /console/families/:id/visits': 422,
  // Who visits without being in charge moves only to the family's wish; nobody plans one for a year that far away.
  'intake: GET /console/visits/:id/move': 404,
  'POST /console/visits/:id/move': 422,
  // Whom the matrix names has both already, and a survey has another code.
  'supervisor: POST /console/families/:id/give': 409,
  'supervisor: POST /console/visits/:id/give': 409,
  'supervisor: POST /console/families/:id/ask': 404,
  // A request is no double of itself, and nothing has been merged; a supervisor says first why.
  'POST /console/requests/:id/merge/:other': 409,
  'intake: POST /console/requests/:id/separate/:other': 404,
  'supervisor: POST /console/requests/:id/separate/:other': 409,
  // Nothing is recorded, was done by oneself just now, was thrown away or was accepted.
  'POST /console/families/:id/activities/:activityId/result/withdraw': 409,
  // The specialist has written it down this minute.
  'curator: POST /console/families/:id/needs/:need/undo': 409,
  'supervisor: POST /console/families/:id/needs/:need/undo': 409,
  'POST /console/families/:id/plan/restore': 404,
  'POST /console/families/:id/proposals/:proposal/draft': 404,
  // A curator reads what was told of their own families: nobody has said yet of whom it is.
  'curator: GET /console/incoming/:id': 404,
  'curator: POST /console/incoming/:id/family': 404,
  'curator: POST /console/incoming/:id/refute': 404,
  // No file came with the message.
  'GET /console/families/:id/members/:member/files/:message': 404,
  // The smallest form has no words, and a button of no list.
  'POST /console/settings/places': 422,
  'POST /console/settings/places/:id': 422,
  'POST /console/settings/replies': 422,
  'POST /console/settings/replies/:id': 422,
  // It takes the answer of a device.
  'POST /console/me/passkeys': 422,
  ...notForSupervisors,
}

/** What only whoever has a request does with it, without any right of the table: they have taken it. */
const ofHolder = ['GET /pass', 'POST /pass', 'GET /replies', 'POST /write', 'POST /called']

/** The right that a route of a request asks for. */
const rightsAsked: Readonly<Record<string, RequestRight>> = {
  'POST /note': 'note',
  'GET /stage': 'decide',
  'POST /stage': 'decide',
  'GET /decide': 'decide',
  'POST /decide': 'decide',
  'POST /decide/check': 'decide',
  'POST /decide/done': 'decide',
  'GET /give': 'give',
  'POST /give': 'give',
  'GET /merge': 'give',
  'GET /merge/:other': 'give',
  'POST /merge/:other': 'give',
  'POST /separate/:other': 'give',
}

/** The matrix's requests are taken by the one who works at intake. */
const standing = { active: true, concerned: true, state: 'claimed' } as const
const relations = { intake: 'holder', supervisor: 'none', curator: 'none' } as const

/** Whether the rules of requests refuse a route to a role, whatever the form says. */
const isRefused = (role: StaffRole, name: string): boolean => {
  const [, method, part] = /^(GET|POST) \/console\/requests\/:id(\/.+)$/.exec(name) ?? []
  const short = `${method} ${part}`
  const relation = relations[role]
  if (ofHolder.includes(short)) return relation !== 'holder'
  const right = rightsAsked[short]
  return right !== undefined && !requestRights({ ...standing, role, relation }).has(right)
}

/** What a role that may open a route is answered with a record of its own: one code. */
export const answerOf = (role: StaffRole, name: string): number | 'done' => {
  const cell = `${role}: ${name}`
  if (isElsewhere(name)) return 404
  if (isRefused(role, name)) return 409
  return otherwise[cell] ?? otherwise[name] ?? 'done'
}

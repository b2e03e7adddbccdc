import { missing } from './submitted.ts'

// What the matrix cannot see in a route: which values its parameters take, and what stands in the way of a form.

/** Parameters that are codes, and not ids of something that belongs to somebody. */
export const codesInPaths: Readonly<Record<string, string>> = {
  file: 'figures.csv',
  kind: 'xlsx',
  period: '2026-3',
  row: 'abuse',
}

/** Collections that go by another name in the rows of a territory. */
export const otherNames: Readonly<Record<string, string>> = { told: 'done' }

/** The query that a page cannot be asked without. */
export const queriesOf: Readonly<Record<string, string>> = {
  'GET /console/reports/registers/:register/families':
    '?from=2026-07-01&until=2026-09-30&row=in-crisis&column=now',
}

/** What has no territory, or is a person's own: a missing one stands in for another territory's. */
export const nobodys = { surveys: missing, territories: missing, registers: missing, passkeys: missing }

/** A report that the text of the matrix's region does not demand. */
export const isElsewhere = (name: string): boolean => name.includes('/console/reports/quarter/')

/** What is answered that the state of the matrix does not allow: by a route's name, for all roles or for one. */
export const otherwise: Readonly<Record<string, number>> = {
  // It is taken.
  'supervisor: POST /console/requests/:id/claim': 409,
  // Supervisors answer first; intake where there is none.
  'intake: POST /console/rescues/:id/answered': 404,
  // It takes the answer of a device.
  'POST /console/me/passkeys': 422,
  // Nothing was written before.
  'POST /console/surveys/told/publish': 404,
}

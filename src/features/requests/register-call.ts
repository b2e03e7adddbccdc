import { DomainError } from '#core/errors.ts'
import { listen } from '#features/danger/ear.ts'
import { vitalInterest } from '#features/requests/vital-interest.ts'
import { otherOption } from '#features/intake/questions.ts'
import { readPlace } from '#features/intake/typed/typed-place.ts'
import { announce } from '#features/webhooks/announce.ts'
import type { Region } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import { addEvent } from '#storage/requests/request-events.ts'
import type { Staff } from './cases.ts'
import { openRequest } from './open-request.ts'
import { personWithoutAccount } from './register-appeal.ts'
import type { StepDeps } from './request-step.ts'
import { urgentReasonsOf } from './urgency.ts'

/** Maximum length of who and where, in characters. */
export const longestWhere = 500

/** What staff write down while somebody is on the phone. */
export type Call = {
  where: string
  what: string
  /** In E.164; null: there is none. */
  phone: string | null
  /** What was chosen, where the words do not tell. */
  territory?: string | undefined
  /** The child is calling. */
  minor: boolean
}

/**
 * Opens an urgent request from a call. Who called has no account and gave no consent: the ground is the protection of life
 * and health, and nothing is sent to them. Throws `not-found` for anybody but active staff.
 */
export const registerCall = async (
  tx: Tx,
  deps: StepDeps,
  { staff, call, now }: { staff: Staff | null | undefined; call: Call; now: Date },
): Promise<{ requestId: string; number: string }> => {
  if (!staff?.active) throw new DomainError('not-found')
  const { where, what, phone, minor } = call
  const person = await personWithoutAccount(tx, deps.sealer, { minor, language: 'ru' })
  const alarm = await listen(tx, what)
  const applicant = minor ? 'minor' : 'other-person'
  return openRequest(tx, deps, {
    personId: person.id,
    language: person.language,
    territory: call.territory ?? territoryOfCall(where, deps.region, staff) ?? otherOption,
    kind: 'message',
    applicant,
    ground: vitalInterest,
    source: 'phone',
    representativeConsent: minor ? 'unsafe' : 'not-needed',
    content: { applicant, danger: 'now', whichFamily: where, ownWords: what },
    contact: { ...(phone !== null && { phone }), ...(minor && { parents: 'unsafe' }) },
    reasons: ['by-phone', ...(alarm ? urgentReasonsOf(alarm) : [])],
    now,
    begin: async (requestId) => {
      await addEvent(tx, { requestId, at: now, kind: 'submitted', staffId: staff.id })
      await announce(tx, deps, { type: 'request.submitted', now, requestId })
    },
  })
}

/** The territory that the words name; otherwise the only one of whoever took the call. Null: it has to be asked. */
export const territoryOfCall = (
  where: string,
  region: Region,
  { territories }: Pick<Staff, 'territories'>,
): string | null => {
  const place = readPlace(where, region)
  const [named, more] = place?.kind === 'ask' ? place.territories : []
  if (named !== undefined && more === undefined) return named
  // Staff keep the code of a territory that was merged into another one.
  const inUse = new Set([...region.territories.map(({ code }) => code), otherOption])
  const [own, second] = territories.filter((code) => inUse.has(code))
  return own !== undefined && second === undefined && place?.kind !== 'elsewhere' ? own : null
}

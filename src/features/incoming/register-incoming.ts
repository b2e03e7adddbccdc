import { DomainError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { listenToAll } from '#features/danger/ear.ts'
import { otherOption } from '#features/intake/questions.ts'
import { openRequest } from '#features/requests/open-request.ts'
import { personWithoutAccount } from '#features/requests/register-appeal.ts'
import type { Actor, StepDeps } from '#features/requests/request-step.ts'
import { urgentReasonsOf } from '#features/requests/urgency.ts'
import { vitalInterest } from '#features/requests/vital-interest.ts'
import { announce } from '#features/webhooks/announce.ts'
import type { IncomingSource } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { addIncomingStep, insertIncoming } from '#storage/incoming/incoming.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import { addEvent } from '#storage/requests/request-events.ts'
import type { deskSources } from '#storage/requests/requests.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { openTerritory } from '#storage/territories/territories.ts'
import { canHaveCome, dateOf, messageSources, sealIncoming } from './incoming.ts'
import { tellOfIncoming } from './tell-of-incoming.ts'

/** A message as staff write it down. */
export type Incoming = {
  /** A code of the region's sources. */
  source: string
  /** When the centre got it, `YYYY-MM-DD`. */
  receivedOn: string
  /** From whom it is, and of whom. */
  from: string
  words: string
  territory: string
}

export type Registered = { id: string; number: number; urgent: boolean; requestNumber: string | null }

/**
 * Writes a message down. It starts no term (Stavropol 6.8: «со дня поступления заявления»). Words of danger open an urgent request,
 * so that somebody acts at once; otherwise it waits for staff in the list. With a family, its territory is the family's, and its
 * curator is told. Throws `invalid-input` for a source that the region does not have, an application among them, and for a day to
 * come or more than a year ago.
 */
export const registerIncoming = async (
  tx: Tx,
  deps: StepDeps,
  given: { incoming: Incoming; family: Family | null; by: Actor; now: Date },
): Promise<Registered> => {
  const { incoming, family, by, now } = given
  const { from, words, receivedOn } = incoming
  const source = messageSources(deps.region).find(({ code }) => code === incoming.source)
  if (!source) throw new DomainError('invalid-input', { field: 'source' })
  if (!canHaveCome(receivedOn, deps.region, now))
    throw new DomainError('invalid-input', { field: 'receivedOn' })
  const territory = family?.territory ?? (await openTerritory(tx, incoming.territory, otherOption))
  const reasons = (await listenToAll(tx, [words, from])).flatMap(urgentReasonsOf)
  const urgent = reasons.length > 0
  const id = newId()
  const { staffId = null, apiKeyId = null } = by
  const number = await insertIncoming(tx, {
    ...{ id, region: deps.region.code, territory, source: source.code, urgent, at: now, staffId, apiKeyId },
    receivedOn: dateOf(receivedOn),
    content: sealIncoming(await sealerOf(tx, deps.sealer, { appeal: id }), id, { from, words }),
  })
  await addAudit(tx, { at: now, action: 'incoming.registered', subjectId: id, staffId, apiKeyId })
  if (family) await addIncomingStep(tx, { appealId: id, kind: 'family', familyId: family.id, at: now, ...by })
  const request = urgent ? await openUrgent(tx, deps, { ...given, source, territory, reasons }) : null
  if (request)
    await addIncomingStep(tx, { appealId: id, kind: 'request', requestId: request.requestId, at: now, ...by })
  await tellOfIncoming(tx, deps, { id, territory, family, urgent, routed: request !== null, by, now })
  return { id, number, urgent, requestNumber: request?.number ?? null }
}

/** How the staff API names the way of a request that began with a message. */
const ways: Record<IncomingSource['from'], (typeof deskSources)[number]> = {
  person: 'phone',
  helpline: 'phone',
  organisation: 'organisation',
  staff: 'in-person',
  applicant: 'letter',
}

/** The words wait for nobody: they are routed and escalated like all urgent requests. */
const openUrgent = async (
  tx: Tx,
  deps: StepDeps,
  given: {
    incoming: Incoming
    source: IncomingSource
    territory: string
    reasons: readonly string[]
    by: Actor
    now: Date
  },
) => {
  const { incoming, source, territory, reasons, by, now } = given
  const person = await personWithoutAccount(tx, deps.sealer, { minor: false, language: 'ru' })
  return openRequest(tx, deps, {
    personId: person.id,
    language: person.language,
    territory,
    kind: 'message',
    applicant: 'other-person',
    ground: vitalInterest,
    source: ways[source.from],
    representativeConsent: 'not-needed',
    content: { applicant: 'other-person', whichFamily: incoming.from, ownWords: incoming.words },
    contact: {},
    reasons: [...new Set(reasons)],
    now,
    begin: async (requestId) => {
      await addEvent(tx, { requestId, at: now, kind: 'submitted', ...by })
      await announce(tx, deps, { type: 'request.submitted', now, requestId })
    },
  })
}

import { DomainError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import type { Language } from '#core/text.ts'
import { listenToAll } from '#features/danger/ear.ts'
import { announce } from '#features/webhooks/announce.ts'
import type { Tx } from '#storage/database.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import { createPerson, type Person } from '#storage/people.ts'
import { setPushMode } from '#storage/pushes/push-settings.ts'
import { addEvent } from '#storage/requests/request-events.ts'
import type { Applicant, deskSources } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { type Opening, openRequest } from './open-request.ts'
import type { Contact } from './request-content.ts'
import type { Actor, StepDeps } from './request-step.ts'
import { urgentReasonsOf } from './urgency.ts'
import { vitalInterest } from './vital-interest.ts'

/** On which ground the data of an appeal is processed: a signed consent, a duty by law, or the protection of life and health. */
export const deskGrounds = ['consent', '152-fz-6-1-2', vitalInterest] as const

/** An appeal that staff write down: a visit, a letter, a call, a report of another organisation. */
export type Appeal = {
  source: (typeof deskSources)[number]
  /** When the centre got it: the region's terms count from then. */
  receivedAt: Date
  ground: (typeof deskGrounds)[number]
  applicant: Applicant
  territory: string
  language: Language
  words: string
  /** Of whom it speaks, if not of whoever appeals. */
  about: string | null
  contact: Contact
  helpKinds: string[]
  /** Why staff call it urgent; null: only words of danger make it so. */
  urgent: { reason: string } | null
}

/** What came earlier than this before it is written down is a typing error. */
const longestDelayMs = 366 * 24 * 60 * 60 * 1000

/**
 * Opens a request from an appeal, routed like all others. Whoever appeals has no account, so nothing is sent to them. Throws
 * `invalid-input` for a time to come or more than a year ago, for another family of which nothing is said, for a vital interest
 * without urgency, and for a kind of help that the region does not have.
 */
export const registerAppeal = async (
  tx: Tx,
  deps: StepDeps,
  { appeal, by, now }: { appeal: Appeal; by: Actor; now: Date },
): Promise<{ requestId: string; number: string }> => {
  const { source, receivedAt, ground, applicant, territory, words, about, urgent } = appeal
  if (receivedAt > now || receivedAt.getTime() < now.getTime() - longestDelayMs) throw invalid('receivedAt')
  if (applicant === 'other-person' && about === null) throw invalid('about')
  if (ground === vitalInterest && urgent === null) throw invalid('ground')
  // They are stored in the clear and named on the card: codes of the region, and nothing else.
  if (!appeal.helpKinds.every((code) => deps.region.helpKinds.some((known) => known === code)))
    throw invalid('helpKinds')
  const minor = applicant === 'minor'
  const person = await personWithoutAccount(tx, deps.sealer, { minor, language: appeal.language })
  const alarms = await listenToAll(tx, [words, ...(about === null ? [] : [about])])
  // Until somebody says that parents may know, speaking with them is unsafe.
  const contact = minor ? { parents: 'unsafe' as const, ...appeal.contact } : appeal.contact
  const opening: Opening = {
    personId: person.id,
    language: person.language,
    territory,
    kind: deps.region.applicants[applicant].registeredAs,
    applicant,
    ground,
    source,
    helpKinds: appeal.helpKinds,
    representativeConsent: minor ? (contact.parents === 'unsafe' ? 'unsafe' : 'needed') : 'not-needed',
    content: { applicant, ownWords: words, ...(about !== null && { whichFamily: about }) },
    contact,
    reasons: [...new Set([...(urgent ? ['by-staff'] : []), ...alarms.flatMap(urgentReasonsOf)])],
    receivedAt,
    now,
    begin: async (requestId) => {
      await addEvent(tx, { requestId, at: now, kind: 'submitted', ...by })
      if (urgent) {
        const own = await sealerOf(tx, deps.sealer, { person: person.id })
        const text = own.seal(urgent.reason, `request_events.text.${requestId}`)
        await addEvent(tx, { requestId, at: now, kind: 'staff-note', text, ...by })
      }
      const { staffId = null, apiKeyId = null } = by
      await addAudit(tx, { at: now, action: 'request.registered', requestId, staffId, apiKeyId })
      await announce(tx, deps, { type: 'request.submitted', now, requestId })
    },
  }
  return openRequest(tx, deps, opening)
}

const invalid = (field: string): DomainError => new DomainError('invalid-input', { field })

/** Somebody whom no channel reaches: every notice to them ends before it is sent. */
export const personWithoutAccount = async (
  tx: Tx,
  sealer: Sealer,
  { minor, language }: { minor: boolean; language: Language },
): Promise<Person> => {
  const account = `phone:${newId()}`
  const person = await createPerson(tx, sealer, { account, language, address: minor ? 'minor' : 'adult' })
  await setPushMode(tx, person.id, 'none')
  return person
}

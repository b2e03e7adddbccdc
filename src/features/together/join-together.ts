import { DomainError } from '#core/errors.ts'
import { sha256 } from '#core/ids.ts'
import type { Language } from '#core/text.ts'
import type { TappedText } from '#features/consents/consent-text.ts'
import { keepConsent } from '#features/families/join-family.ts'
import { applyPushSafety } from '#features/families/push-safety.ts'
import { isOpen } from '#features/requests/conversation.ts'
import { openContent } from '#features/requests/request-content.ts'
import type { StepDeps } from '#features/requests/request-step.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import { createPerson, type Snapshot } from '#storage/people.ts'
import { findRequest, lockRequest, type Request } from '#storage/requests/requests.ts'
import {
  type Agreement,
  keepAnswer,
  lockTogether,
  type Together,
  togetherByToken,
  type TogetherStatus,
} from '#storage/requests/together.ts'
import type { Sealer } from '#storage/seal.ts'
import { endForBoth, tellChange } from './move-together.ts'
import { placeOf, starterNameOf } from './together-names.ts'
import { isHomeUnsafe, needsAgreement } from './together-rules.ts'

/** Why a link lets nobody in; `mine`: the reader has answered by it. */
export type ClosedLink =
  | { is: 'mine'; id: string }
  | { is: 'unknown' | 'own' | 'staff' | 'for-adults' | 'for-minors' | 'used' | 'expired' | 'called-back' }

/** What whoever opens a link learns: who asks, and what it means. Not a word of theirs. */
export type OpenLink = {
  is: 'open'
  id: string
  joinsAs: Together['joinsAs']
  /** How the other wants to be named; null: not at all. */
  from: string | null
  until: Date
  /** The agreement that is asked besides the consent to the processing of personal data. */
  agreement: Agreement['kind'] | null
}

type Link = { token: string; who: Snapshot | null; now: Date }
type Deps = { sealer: Sealer; region: Region }

/** What a link is for its reader, now. */
export const openTogetherLink = async (
  reader: Reader,
  deps: Deps,
  { token, ...by }: Link,
): Promise<OpenLink | ClosedLink> => {
  const row = await togetherByToken(reader, sha256(token))
  return row ? readLink(reader, deps, { ...by, row }) : { is: 'unknown' }
}

/** What the link of a row that has gone on says. */
const closedBy: Record<Exclude<TogetherStatus, 'waiting'>, Exclude<ClosedLink, { is: 'mine' }>['is']> = {
  answered: 'used',
  joined: 'used',
  declined: 'used',
  'not-them': 'used',
  left: 'used',
  expired: 'expired',
  'called-back': 'called-back',
}

const readLink = async (
  reader: Reader,
  { sealer, region }: Deps,
  { row, who, now }: { row: Together; who: Snapshot | null; now: Date },
): Promise<OpenLink | ClosedLink> => {
  const me = who?.person.id
  if (me === row.starterId) return { is: 'own' }
  if (me !== undefined && me === row.joinerId) return { is: 'mine', id: row.id }
  if (who?.staff) return { is: 'staff' }
  if (row.status !== 'waiting') return { is: closedBy[row.status] }
  const request = await findRequest(reader, row.requestId)
  // Before its days are over, and after: what was really called back does not expire.
  if (!request || (await isHomeUnsafe(reader, { sealer }, { request, now }))) return { is: 'called-back' }
  if (row.expiresAt <= now) return { is: 'expired' }
  if (!isOpen(request)) return { is: 'called-back' }
  if (who && addressOf(who) !== row.joinsAs)
    return { is: row.joinsAs === 'adult' ? 'for-adults' : 'for-minors' }
  return {
    ...{ is: 'open', id: row.id, joinsAs: row.joinsAs, until: row.expiresAt },
    from: starterNameOf(sealer, row),
    agreement: agreementOf(sealer, request, { region, now }),
  }
}

const addressOf = ({ person, families }: Snapshot): Together['joinsAs'] =>
  families.some(({ role }) => role === 'minor') ? 'minor' : person.address

/** A minor agrees to the help itself; an adult to what the minor asks, where that is needed. */
const agreementOf = (
  sealer: Sealer,
  request: Request,
  at: { region: Region; now: Date },
): Agreement['kind'] | null => {
  if (request.applicant !== 'minor') return 'minor-agreement'
  return needsAgreement(request, openContent(sealer, request), at) ? 'support-request' : null
}

type Answer = Link & {
  account: string
  language: Language
  name: string
  /** The text just agreed to; null if the person has consented before. */
  consent: TappedText | null
  /** The text of the agreement; null if none is asked. */
  agreement: TappedText | null
}

/**
 * Keeps that somebody agrees to join, with their consent to that; they are in once the other says that it is them. Throws
 * `invite-invalid` if the link is not open for them any more, `consent-missing` without the agreement that it asks for.
 */
export const answerTogether = async (
  tx: Tx,
  deps: StepDeps,
  { account, language, name, consent, agreement, ...link }: Answer,
): Promise<void> => {
  const { now } = link
  const { row, opened } = await lockOpen(tx, deps, link)
  if (opened.agreement !== null && agreement === null) throw new DomainError('consent-missing')
  const address = row.joinsAs
  const { id: personId } = await createPerson(tx, deps.sealer, { account, language, address })
  await applyPushSafety(tx, deps, { personId, role: address === 'minor' ? 'minor' : 'parent' })
  if (consent) await keepConsent(tx, deps, { personId, consent, now })
  const own = await sealerOf(tx, deps.sealer, { person: personId })
  await keepAnswer(tx, row.id, {
    joinerId: personId,
    joinerName: own.seal(name, placeOf('joiner_name', row.id)),
    agreement:
      opened.agreement && agreement
        ? {
            kind: opened.agreement,
            version: agreement.version,
            textHash: agreement.hash,
            language: agreement.language,
          }
        : null,
    now,
  })
  await tellChange(tx, deps, { row: { ...row, joinerId: personId }, to: 'answered', push: ['starter'], now })
}

/** Whoever opened the link does not want to: it is used up, and nothing is kept of them. */
export const declineTogether = async (tx: Tx, deps: StepDeps, link: Link): Promise<void> => {
  const { row } = await lockOpen(tx, deps, link)
  await endForBoth(tx, deps, { row, status: 'declined', by: 'joiner', now: link.now })
}

const lockOpen = async (
  tx: Tx,
  deps: StepDeps,
  { token, who, now }: Link,
): Promise<{ row: Together; opened: OpenLink }> => {
  const found = await togetherByToken(tx, sha256(token))
  if (found) await lockRequest(tx, found.requestId)
  const row = found && (await lockTogether(tx, found.id))
  const opened = row && (await readLink(tx, deps, { row, who, now }))
  if (!row || opened?.is !== 'open') throw new DomainError('invite-invalid')
  return { row, opened }
}

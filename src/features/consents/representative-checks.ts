import { DomainError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { erasedText } from '#core/withheld.ts'
import { actorOf } from '#features/data-requests/receive-data-request.ts'
import type { Actor } from '#features/families/active.ts'
import type { Region } from '#regions/schema.ts'
import {
  addRepresentativeCheck,
  type AuthorityPaper,
  representativeChecksOf,
  type RepresentativeCheck,
} from '#storage/consents/papers.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { mustBePaperDay } from './paper-day.ts'
import { giverOf, personOfGiver, type Signer } from './paper-giver.ts'

/** Maximum length of number and issuer, in characters. */
export const longestDetails = 300

export type Check = {
  paper: AuthorityPaper
  /** Number and issuer; null: not written down. */
  details: string | null
  /** ISO. */
  seenOn: string
}

const placeOf = (id: string): string => `representative_checks.details.${id}`

/**
 * Records that staff have seen by which paper somebody represents a child (152-ФЗ, ст. 9, ч. 1). Throws `not-found`; `invalid-input` for a
 * day that cannot be, and for whoever represents nobody. The caller checks the right.
 */
export const checkRepresentative = async (
  tx: Tx,
  { sealer, region }: { sealer: Sealer; region: Region },
  { signer, check, by, now }: { signer: Signer; check: Check; by: Actor; now: Date },
): Promise<void> => {
  const { paper, details, seenOn } = check
  const giver = await giverOf(tx, signer)
  if (giver.role !== 'parent' && giver.role !== 'representative')
    throw new DomainError('invalid-input', { field: 'member' })
  mustBePaperDay(seenOn, { field: 'seenOn', now, timeZone: region.timeZone })
  const personId = await personOfGiver(tx, sealer, giver)
  const id = newId()
  const own = await sealerOf(tx, sealer, { person: personId })
  const actor = actorOf(by)
  await addRepresentativeCheck(tx, {
    ...{ id, personId, paper, at: now, ...actor },
    details: details === null ? null : own.seal(details, placeOf(id)),
    seenOn: new Date(`${seenOn}T00:00:00Z`),
  })
  await addAudit(tx, {
    ...{ at: now, action: 'consents.changed', subjectId: id, ...actor },
    ...{ familyId: giver.familyId, requestId: giver.request?.id ?? null },
  })
}

export type SeenCheck = Omit<RepresentativeCheck, 'details'> & { details: string | null }

/** The checks of these people with their details, the latest first. The caller audits the access. */
export const checksOf = async (
  reader: Reader,
  sealer: Sealer,
  personIds: readonly string[],
): Promise<SeenCheck[]> =>
  (await representativeChecksOf(reader, personIds)).map(({ details, ...check }) => {
    const words = details === null ? null : sealer.open(details, placeOf(check.id))
    return { ...check, details: words === erasedText ? null : words }
  })

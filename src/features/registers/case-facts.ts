import { DomainError } from '#core/errors.ts'
import { caseNow, dayOfMoment, noteCase } from '#features/cases/case-record.ts'
import { wordsPlace } from '#features/cases/case-steps.ts'
import type { Actor } from '#features/families/active.ts'
import type { Staff } from '#features/requests/cases.ts'
import { familyForVisitStaff, lockFamilyForStaff } from '#features/visits/visits-for-staff.ts'
import { caseFactsOf } from '#regions/registers/index.ts'
import { type CaseFactCode, caseFactCodes } from '#regions/registers/register.ts'
import type { Region } from '#regions/schema.ts'
import { caseEventsOf, factKind, inForce } from '#storage/cases/case-events.ts'
import type { Reader, Tx } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit } from '#storage/staff/audit.ts'

// What happened to a family, as results of support count it (Stavropol 8.2, Novgorod 6). Its code is sealed, as circumstances are.

type Deps = { sealer: Sealer; region: Region }

export const sealedFact = (
  sealer: Sealer,
  { familyId, words }: { familyId: string; words: string },
): string => sealer.open(words, wordsPlace(familyId))

export type CaseFact = { id: bigint; code: CaseFactCode; on: string }

/** Those that hold, in the order in which they were recorded. The caller audits the access. */
export const caseFacts = async (
  reader: Reader,
  { sealer }: Pick<Deps, 'sealer'>,
  familyId: string,
): Promise<CaseFact[]> =>
  inForce(await caseEventsOf(reader, familyId)).flatMap((event) => {
    if (event.kind !== factKind || event.words === null) return []
    const said = sealedFact(sealer, { familyId, words: event.words })
    const code = caseFactCodes.find((one) => one === said)
    return code ? [{ id: event.id, code, on: event.day }] : []
  })

type Recording = {
  /** Locked in this transaction. */
  family: Family
  code: CaseFactCode
  /** ISO day; null: what is corrected never was. */
  on: string | null
  /** The row that was wrong. */
  corrects: bigint | null
  by: Actor
  now: Date
}

/**
 * Records that it happened on a day, or corrects a record of it, also for a family whose support has ended. Throws `invalid-input` for what
 * the region does not count, for a day missing, and for a correction of anything but a record of this that holds; `event-future`;
 * `event-twice` for the same day.
 */
export const recordFact = async (
  tx: Tx,
  { sealer, region }: Deps,
  { family, code, on, corrects, by, now }: Recording,
): Promise<void> => {
  if (!caseFactsOf(region.registers).includes(code)) throw new DomainError('invalid-input', { field: 'fact' })
  if (on !== null && on > dayOfMoment(region, now)) throw new DomainError('event-future', { field: 'on' })
  const known = await caseFacts(tx, { sealer }, family.id)
  const wrong = known.find(({ id }) => id === corrects)
  if (corrects !== null && wrong?.code !== code) throw new DomainError('invalid-input', { field: 'corrects' })
  const day = on ?? wrong?.on
  if (day === undefined) throw new DomainError('invalid-input', { field: 'on' })
  if (on !== null && known.some((one) => one.code === code && one.on === on))
    throw new DomainError('event-twice', { field: 'on' })
  const own = await sealerOf(tx, sealer, { family: family.id })
  const words = own.seal(code, wordsPlace(family.id))
  const here = await caseNow(tx, region, family, now)
  await noteCase(tx, here, { kind: factKind, day, words, void: on === null, correctsId: corrects, by, now })
}

type Asking = { staff: Staff | null | undefined; familyId: string; now: Date }

/** The same by whoever is in charge of the family. Throws `not-found` for anybody else, and as `recordFact` does. */
export const recordOwnFact = async (
  tx: Tx,
  deps: Deps,
  { code, on, now, ...of }: Asking & { code: CaseFactCode; on: string },
): Promise<void> => {
  const own = await change(tx, { now, ...of })
  await recordFact(tx, deps, { ...own, code, on, corrects: null, now })
}

/** Takes back what was recorded by mistake. Throws `not-found` as above, `stale` if it does not hold any more. */
export const takeBackOwnFact = async (
  tx: Tx,
  deps: Deps,
  { id, now, ...of }: Asking & { id: bigint },
): Promise<void> => {
  const own = await change(tx, { now, ...of })
  const fact = (await caseFacts(tx, deps, own.family.id)).find((one) => one.id === id)
  if (!fact) throw new DomainError('stale')
  await recordFact(tx, deps, { ...own, code: fact.code, on: null, corrects: id, now })
}

/** What is recorded, for whoever is in charge of the family; audited. Throws `not-found`. */
export const ownFacts = async (
  tx: Tx,
  deps: Pick<Deps, 'sealer'>,
  { staff, familyId, now }: Asking,
): Promise<{ family: Family; facts: CaseFact[] }> => {
  const family = await familyForVisitStaff(tx, staff, familyId, now)
  await addAudit(tx, { at: now, action: 'family.needs', familyId, ...(staff && { staffId: staff.id }) })
  return { family, facts: await caseFacts(tx, deps, familyId) }
}

const change = async (tx: Tx, { staff, familyId, now }: Asking): Promise<{ family: Family; by: Actor }> => {
  const family = await lockFamilyForStaff(tx, staff, familyId, now)
  const staffId = staff?.id
  await addAudit(tx, { at: now, action: 'family.needs-changed', familyId, ...(staffId && { staffId }) })
  return { family, by: { staffId } }
}

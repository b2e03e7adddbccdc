import { explainTerm, wordsPlace } from '#features/cases/case-steps.ts'
import { correctEvent, recordEvent } from '#features/cases/record-event.ts'
import type { Staff } from '#features/requests/cases.ts'
import { lockFamilyForStaff } from '#features/visits/visits-for-staff.ts'
import type { CaseEventKind } from '#regions/case-rules.ts'
import type { SkipReason } from '#storage/cases/case-events.ts'
import type { Tx } from '#storage/database.ts'
import type { EndReason, Family, SupportLevel } from '#storage/families/families.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { type Actor, type FamilyDeps, mustBeActive, mustBeSeen } from './active.ts'
import { changeLevel } from './family-transitions.ts'
import { closeFamily, moveFamily } from './stage-transitions.ts'

// What whoever is in charge of a family does with it in the bot: the steps of `family-transitions.ts`.

type Acting = {
  staff: Staff | null | undefined
  familyId: string
  /** As the family was when it was looked at; `stale` if it has changed since. Absent: whatever it is now. */
  revision?: number | undefined
  now: Date
}

/** Moves it to a later stage. Throws as `moveFamily` does, and `not-found` for any other family. */
export const moveOwnFamily = (
  tx: Tx,
  deps: FamilyDeps,
  { to, skip, ...of }: Acting & { to: string; skip?: SkipReason | undefined },
): Promise<unknown> => act(tx, of, (change) => moveFamily(tx, deps, { ...change, to, skip }))

/** Records what happened on a day. Throws as `recordEvent` does, and `not-found`. */
export const recordOwnEvent = (
  tx: Tx,
  deps: FamilyDeps,
  { kind, on, ...of }: Acting & { kind: CaseEventKind; on: string },
): Promise<unknown> => act(tx, of, (change) => recordEvent(tx, deps, { ...change, kind, on }))

/** Corrects what is recorded of it, with an explanation in words. Throws as `correctEvent` does, and `not-found`. */
export const correctOwnEvent = (
  tx: Tx,
  deps: FamilyDeps,
  { eventId, on, words, ...of }: Acting & { eventId: bigint; on: string | null; words: string | null },
): Promise<unknown> =>
  act(tx, of, async (change) => {
    const own = await sealerOf(tx, deps.sealer, { family: of.familyId })
    const sealed = words === null ? undefined : own.seal(words, wordsPlace(of.familyId))
    return correctEvent(tx, deps, { ...change, eventId, on, words: sealed })
  })

/** Explains why a term is not kept, also after the end. Throws as `explainTerm` does, and `not-found`. */
export const explainOwnTerm = (
  tx: Tx,
  deps: FamilyDeps,
  { termId, words, ...of }: Acting & { termId: string; words: string },
): Promise<unknown> =>
  actAlsoAfter(tx, of, async (change) => {
    const own = await sealerOf(tx, deps.sealer, { family: of.familyId })
    return explainTerm(tx, deps, { ...change, termId, words: own.seal(words, wordsPlace(of.familyId)) })
  })

/** Changes its level of support. Throws `not-found`, `already-closed`. */
export const levelOwnFamily = (
  tx: Tx,
  deps: FamilyDeps,
  { level, ...of }: Acting & { level: SupportLevel },
): Promise<unknown> => act(tx, of, (change) => changeLevel(tx, deps, { ...change, level }))

/** Ends its support. Throws `not-found`, `already-closed`. */
export const endOwnFamily = (
  tx: Tx,
  deps: FamilyDeps,
  { reason, contactAfter, ...of }: Acting & { reason: EndReason; contactAfter?: boolean | undefined },
): Promise<unknown> => act(tx, of, (change) => closeFamily(tx, deps, { ...change, reason, contactAfter }))

type Take<T> = (change: { family: Family; by: Actor; now: Date }) => Promise<T>

const act = <T>(tx: Tx, of: Acting, take: Take<T>): Promise<T> =>
  actAlsoAfter(tx, of, (change) => {
    mustBeActive(change.family)
    return take(change)
  })

/** Also when support has ended. */
const actAlsoAfter = async <T>(
  tx: Tx,
  { staff, familyId, revision, now }: Acting,
  take: Take<T>,
): Promise<T> => {
  const family = await lockFamilyForStaff(tx, staff, familyId, now)
  mustBeSeen(family, revision)
  const staffId = staff?.id
  await addAudit(tx, { at: now, action: 'family.changed', familyId, ...(staffId && { staffId }) })
  return take({ family, by: { staffId }, now })
}

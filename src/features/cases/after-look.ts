import { DomainError } from '#core/errors.ts'
import type { FamilyDeps } from '#features/families/active.ts'
import { familyForMember } from '#features/families/family-for-member.ts'
import { familyForStaff } from '#features/families/caseload.ts'
import { type SafetyFact, safetyFactsInForce } from '#features/families/safety-facts.ts'
import { sayWorse } from '#features/messages/say-worse.ts'
import { notifyFamily } from '#features/pushes/tell-family.ts'
import type { Staff } from '#features/requests/cases.ts'
import type { Region } from '#regions/schema.ts'
import { caseEventsOf, inForce } from '#storage/cases/case-events.ts'
import { type CaseTerm, termsOf } from '#storage/cases/case-terms.ts'
import { lastEpisode } from '#storage/cases/episodes.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { type Family, findFamily, lockFamily } from '#storage/families/families.ts'
import { type Member, membersOf } from '#storage/families/family-members.ts'
import type { Snapshot } from '#storage/people.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { dayOfMoment } from './case-record.ts'
import { type LookAnswer, noteLook } from './case-steps.ts'

// How a family is after the end of support: it is asked itself, and says so with one tap (ADR 77).

/**
 * Who is asked: the adults who have joined. Minors where there are none, or where somebody said that the adults are not safe, whose
 * word would then end the asking; not an account that nobody has confirmed yet. Pure.
 */
export const askedOf = <T extends Pick<Member, 'role' | 'personId' | 'unconfirmedSince'>>(
  members: readonly T[],
  facts: readonly Pick<SafetyFact, 'kind'>[],
): T[] => {
  const joined = members.filter(({ personId }) => personId !== null)
  const adults = joined.filter(({ role }) => role !== 'minor')
  if (adults.length > 0 && !facts.some(({ kind }) => kind === 'parents-unsafe')) return adults
  return joined.filter(({ role, unconfirmedSince }) => role === 'minor' && unconfirmedSince === null)
}

/**
 * Asks whoever is to be asked, by a push that says nothing; where no messages are to be sent, it waits in the menu. Returns whether
 * anybody is asked. Once for each term.
 */
export const askFamily = async (
  tx: Tx,
  deps: FamilyDeps,
  { family, term, now }: { family: Family; term: CaseTerm; now: Date },
): Promise<boolean> => {
  const facts = await safetyFactsInForce(tx, deps, { familyId: family.id, now })
  const asked = askedOf(await membersOf(tx, family.id), facts)
  for (const { id: memberId } of asked) {
    if (facts.some((fact) => fact.kind === 'no-messages' && fact.memberId === memberId)) continue
    const push = { kind: 'after-look', subjectId: term.id, version: 1, key: `after-look.${term.id}` } as const
    await notifyFamily(tx, deps, { familyId: family.id, to: { memberId }, ...push, now })
  }
  return asked.length > 0
}

type LookForMember = {
  /** `asked`: an answer is waited for. `answered`: not now; that it is worse can be said all the same. `none`: nobody asks them. */
  state: 'asked' | 'answered' | 'none'
  /** Until when they are asked next; null: not again. */
  next: string | null
}

type Own = { who: Snapshot | null; familyId: string; now: Date }

/** What a member is asked of how they are now. Throws `not-found` for a family that is not theirs. */
export const lookForMember = async (
  reader: Reader,
  deps: { sealer: Sealer; region: Region },
  { who, familyId, now }: Own,
): Promise<LookForMember> => {
  const { memberId } = familyForMember(who, familyId)
  const family = await findFamily(reader, familyId)
  if (!family || !(await staysInTouch(reader, family))) return { state: 'none', next: null }
  const facts = await safetyFactsInForce(reader, deps, { familyId, now })
  if (!askedOf(await membersOf(reader, familyId), facts).some(({ id }) => id === memberId))
    return { state: 'none', next: null }
  const today = dayOfMoment(deps.region, now)
  const open = (await termsOf(reader, familyId)).filter(isOpenLook)
  const state = open.some(({ nearOn }) => nearOn <= today) ? 'asked' : 'answered'
  return { state, next: open.find(({ dueOn }) => dueOn > today)?.dueOn ?? null }
}

/** Whether a family whose support has ended, and its curator, agreed to stay in touch. */
export const staysInTouch = async (
  reader: Reader,
  { id, status }: Pick<Family, 'id' | 'status'>,
): Promise<boolean> => status === 'closed' && (await lastEpisode(reader, id))?.contactAfter === true

const isOpenLook = ({ code, state }: CaseTerm): boolean => code === 'after-look' && state === 'open'

/**
 * Records what a member says. The first answer counts for the term; «worse» always counts, and reaches the centre at once, but the
 * same tap of the same day only once. `said`: the answer in words, for their conversation. Throws `not-found` if they are not asked.
 */
export const answerLook = async (
  tx: Tx,
  deps: FamilyDeps,
  { how, said, ...own }: Own & { how: LookAnswer; said: string },
): Promise<void> => {
  const { familyId, who, now } = own
  const family = await lockFamily(tx, familyId)
  const { state } = await lookForMember(tx, deps, own)
  if (!family || state === 'none') throw new DomainError('not-found')
  const on = dayOfMoment(deps.region, now)
  if (how !== 'worse' && state !== 'asked') return
  if (how === 'worse' && (await saidWorse(tx, familyId, on))) return
  await noteLook(tx, deps, { family, on, how, by: {}, quiet: true, now })
  const { memberId, role } = familyForMember(who, familyId)
  if (how === 'worse') await sayWorse(tx, deps, { family, memberId, role, text: said, now })
}

/** Whether the family itself, rather than staff, has said so today. */
const saidWorse = async (reader: Reader, familyId: string, on: string): Promise<boolean> =>
  inForce(await caseEventsOf(reader, familyId)).some(
    ({ kind, detail, day, staffId, apiKeyId }) =>
      kind === 'after-look' && detail === 'worse' && day === on && staffId === null && apiKeyId === null,
  )

/** Records what the family told staff, today. Throws `not-found`; `not-allowed` if nobody stays in touch. */
export const noteOwnLook = async (
  tx: Tx,
  deps: FamilyDeps,
  {
    staff,
    familyId,
    how,
    now,
  }: { staff: Staff | null | undefined; familyId: string; how: LookAnswer; now: Date },
): Promise<void> => {
  await familyForStaff(tx, { staff, familyId, now })
  const family = await lockFamily(tx, familyId)
  if (!family || !staff) throw new DomainError('not-found')
  await addAudit(tx, { at: now, action: 'family.changed', familyId, staffId: staff.id })
  await noteLook(tx, deps, { family, on: dayOfMoment(deps.region, now), how, by: { staffId: staff.id }, now })
}

import { DomainError } from '#core/errors.ts'
import type { FamilyDeps } from '#features/families/active.ts'
import { familyForStaff } from '#features/families/caseload.ts'
import { familyForMember } from '#features/families/family-for-member.ts'
import { safetyFactsInForce } from '#features/families/safety-facts.ts'
import { sayWorse } from '#features/messages/say-worse.ts'
import { notifyFamily } from '#features/pushes/tell-family.ts'
import type { Staff } from '#features/requests/cases.ts'
import type { Region } from '#regions/schema.ts'
import { caseEventsOf, inForce } from '#storage/cases/case-events.ts'
import { type CaseTerm, termsOf } from '#storage/cases/case-terms.ts'
import { lastEpisode } from '#storage/cases/episodes.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { type Family, findFamily, lockFamily } from '#storage/families/families.ts'
import { membersOf } from '#storage/families/family-members.ts'
import type { Snapshot } from '#storage/people.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { asAdultsSee, askedOf, type Heed, heedOf } from './adults-view.ts'
import { dayOfMoment } from './case-record.ts'
import { type LookAnswer, noteLook } from './case-steps.ts'
import { type CountedTerm, countTerms } from './count-terms.ts'

// How a family is after the end of support: it is asked itself, and says so with one tap (ADR 77).

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
  const heed = await heedOf(reader, deps, { familyId, memberId, now })
  if (heed === 'none') return { state: 'none', next: null }
  const today = dayOfMoment(deps.region, now)
  const terms =
    heed === 'heeded'
      ? await termsOf(reader, familyId)
      : await termsForAdults(reader, deps, { family, today })
  const open = terms.filter(isOpenLook)
  const state = open.some(({ nearOn }) => nearOn <= today) ? 'asked' : 'answered'
  return { state, next: open.find(({ dueOn }) => dueOn > today)?.dueOn ?? null }
}

/** The terms as adults find them who are not heeded. */
const termsForAdults = async (
  reader: Reader,
  { region }: { region: Region },
  { family: { id, level }, today }: { family: Family; today: string },
): Promise<CountedTerm[]> => {
  const episode = await lastEpisode(reader, id)
  if (!episode) return []
  const events = asAdultsSee(await caseEventsOf(reader, id)).filter(
    ({ episodeId }) => episodeId === episode.id,
  )
  return countTerms(region, { ...episode, level, events }, today)
}

/** Whether a family whose support has ended, and its curator, agreed to stay in touch. */
export const staysInTouch = async (
  reader: Reader,
  { id, status }: Pick<Family, 'id' | 'status'>,
): Promise<boolean> => status === 'closed' && (await lastEpisode(reader, id))?.contactAfter === true

const isOpenLook = ({ code, state }: Pick<CaseTerm, 'code' | 'state'>): boolean =>
  code === 'after-look' && state === 'open'

/**
 * Records what a member says. The first answer counts for the term; «worse» always counts, and reaches the centre at once, but the
 * same tap of the same day only once. Of an adult who is not heeded nothing counts; «worse» is read all the same. `said`: the answer in
 * words, for their conversation. Throws `not-found` if they are not asked.
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
  const { memberId, role } = familyForMember(who, familyId)
  const heed = await heedOf(tx, deps, { familyId, memberId, now })
  if (how === 'worse' && (await saidWorse(tx, { familyId, on, heed }))) return
  await noteLook(tx, deps, { family, on, how, by: {}, quiet: true, said: { heed, role }, now })
  if (how === 'worse') await sayWorse(tx, deps, { family, memberId, role, text: said, now })
}

/** Whether the family itself, rather than staff, has said so today. */
const saidWorse = async (
  reader: Reader,
  { familyId, on, heed }: { familyId: string; on: string; heed: Heed },
): Promise<boolean> => {
  const rows = await caseEventsOf(reader, familyId)
  return (heed === 'heeded' ? inForce(rows) : asAdultsSee(rows)).some(
    ({ kind, detail, day, staffId, apiKeyId }) =>
      kind === 'after-look' && detail === 'worse' && day === on && staffId === null && apiKeyId === null,
  )
}

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

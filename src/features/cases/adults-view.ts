import { type SafetyFact, safetyFactsInForce } from '#features/families/safety-facts.ts'
import { byMinorKind, type CaseEvent, inForce, unheededKind } from '#storage/cases/case-events.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { type Member, type MemberRole, membersOf } from '#storage/families/family-members.ts'
import type { Sealer } from '#storage/seal.ts'
import { type CaseNow, type Noted, noteCase } from './case-record.ts'

// Where a minor said that home is not safe, the minor is asked. The adults must not notice that: they are asked as before, thanked as
// before, and what they answer counts for nothing (ADR 77, 88).

/**
 * Who is heeded: the adults who have joined. Minors where there are none, or where somebody said that the adults are not safe, whose
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

/** `unheeded`: an adult who sees the question, and whose answer counts for nothing. `none`: nobody asks them. */
export type Heed = 'heeded' | 'unheeded' | 'none'

export const heedOf = async (
  reader: Reader,
  deps: { sealer: Sealer },
  { familyId, memberId, now }: { familyId: string; memberId: string; now: Date },
): Promise<Heed> => {
  const members = await membersOf(reader, familyId)
  const facts = await safetyFactsInForce(reader, deps, { familyId, now })
  if (askedOf(members, facts).some(({ id }) => id === memberId)) return 'heeded'
  const own = members.find(({ id }) => id === memberId)
  return own && own.personId !== null && own.role !== 'minor' ? 'unheeded' : 'none'
}

/** The record as adults find it who are not heeded: with what they answered, and without what minors did. Pure. */
export const asAdultsSee = (rows: readonly CaseEvent[]): CaseEvent[] => {
  const held = inForce(rows)
  const ofMinors = new Set(held.flatMap(({ kind, detail }) => (kind === byMinorKind ? [detail] : [])))
  return held.flatMap((row) => {
    if (ofMinors.has(`${row.id}`)) return []
    if (row.kind !== unheededKind) return [row]
    const [kind = '', detail = null] = (row.detail ?? '').split(' ')
    return [{ ...row, kind, detail }]
  })
}

type Answer = { heed: Heed; role: MemberRole; answer: Noted & { detail: string } }

/** Keeps what a member answered, so that it counts for nothing if they are not heeded, and is no news to adults if a minor did. */
export const noteAnswer = async (
  tx: Tx,
  here: Pick<CaseNow, 'episode' | 'round'>,
  { heed, role, answer }: Answer,
): Promise<void> => {
  const { kind, detail } = answer
  if (heed !== 'heeded')
    return void (await noteCase(tx, here, { ...answer, kind: unheededKind, detail: `${kind} ${detail}` }))
  const { id } = await noteCase(tx, here, answer)
  if (role === 'minor') await noteCase(tx, here, { ...answer, kind: byMinorKind, detail: `${id}` })
}

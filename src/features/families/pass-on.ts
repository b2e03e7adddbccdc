import { DomainError } from '#core/errors.ts'
import { lockVisitOfFamily } from '#features/visits/visits-for-staff.ts'
import { isAhead, moveVisit } from '#features/visits/visit-transitions.ts'
import type { Tx } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { isThere } from '#storage/staff/staff-work.ts'
import { lockVisitsAhead, type Visit } from '#storage/visits/visits.ts'
import type { Actor, FamilyDeps } from './active.ts'
import { changeCurator } from './family-transitions.ts'
import { mayTake, takerByRule } from './takers.ts'

// How a family and its visits pass from one member of staff to another: whoever leaves (hand-over.ts), whoever has too many
// (bulk-reassign.ts), by a supervisor's hand (give-family.ts), or what nobody has (spread-orphans.ts). Doors check who may ask; who
// may take, who is told, and what is audited is the same for all of them. See ADR 73.

type Passing = {
  /** Locked. */
  family: Family
  /** Whose it is no longer. */
  from: string | null
  by: Actor
  now: Date
}
/** Who takes it; null: by the rule. */
type Named = { to: string | null }

/** Visits that somebody else makes from now on, and those for which nobody is there. */
export type PassedVisits = { moved: { id: string; staffId: string }[]; left: string[] }

/**
 * Makes somebody the curator of a family (`quietly`: the former is told of several at once). Returns it, or null if nobody can take
 * it. Throws `not-eligible` if whoever is named cannot, `already-closed`.
 */
export const passFamily = async (
  tx: Tx,
  deps: FamilyDeps,
  { family, from, to, quietly = false, by, now }: Passing & Named & { quietly?: boolean },
): Promise<Family | null> => {
  const taker = to ?? (await takerByRule(tx, { family, without: from, now }))
  if (taker === null) return null
  const curated = await changeCurator(tx, deps, { family, curatorId: taker, quietly, by, now })
  await audit(tx, { family, by, now })
  return curated
}

/**
 * Gives visits of a family to those who are named, in their order, then to its curator, then by the rule: the first who is there when
 * the visit begins. The family is told once, and each new visitor; `told`: those who were before, and with them the family. `only`:
 * to whoever is named, or `not-eligible`.
 */
export const passVisits = async (
  tx: Tx,
  deps: FamilyDeps,
  {
    family,
    from,
    to,
    only = false,
    visits,
    told = [],
    by,
    now,
  }: Passing & {
    to: readonly string[]
    visits: readonly Pick<Visit, 'id'>[]
    only?: boolean
    told?: readonly string[]
  },
): Promise<PassedVisits> => {
  const passed: PassedVisits = { moved: [], left: [] }
  for (const { id } of visits) {
    const visit = await lockVisitOfFamily(tx, family.id, id)
    if (!isAhead(visit, now)) continue
    const staffId = await visitorFor(tx, { family, from, visit, named: to, only, now })
    if (staffId === null) passed.left.push(id)
    if (staffId === null || staffId === visit.staffId) continue
    const before = [...told, ...passed.moved.map((one) => one.staffId)]
    const silent = before.includes(staffId) ? 'all' : before.length > 0 ? 'family' : 'nobody'
    await moveVisit(tx, deps, { family, visit, to: { staffId }, silent, by, now })
    passed.moved.push({ id, staffId })
  }
  if (passed.moved.length > 0) await audit(tx, { family, by, now })
  return passed
}

/** A family with the visits ahead of the curator before, and of whoever cannot make theirs. Null if nobody can take the family. */
export const passWithVisits = async (
  tx: Tx,
  deps: FamilyDeps,
  { family, to, ...passing }: Passing & Named,
): Promise<{ family: Family; visits: PassedVisits } | null> => {
  const { from, now } = passing
  const curated = await passFamily(tx, deps, { family, to, ...passing })
  if (!curated) return null
  const ahead = await lockVisitsAhead(tx, { familyId: family.id, now })
  const theirs: Visit[] = []
  for (const visit of ahead) if (visit.staffId === from || !(await isThere(tx, visit))) theirs.push(visit)
  const visits = await passVisits(tx, deps, { ...passing, family: curated, to: [], visits: theirs })
  return { family: curated, visits }
}

type Looking = {
  family: Family
  from: string | null
  visit: Visit
  named: readonly string[]
  only: boolean
  now: Date
}

const visitorFor = async (
  tx: Tx,
  { family, from, visit, named, only, now }: Looking,
): Promise<string | null> => {
  const at = visit.startsAt
  for (const staffId of named) if (await mayTake(tx, { family, staffId, at })) return staffId
  if (only) throw new DomainError('not-eligible')
  const { curatorId } = family
  // Whoever curates the family makes its visits, too, unless it is who gives them away or would not hear of them.
  const there =
    curatorId !== from && curatorId !== null && (await isThere(tx, { startsAt: at, staffId: curatorId }))
  if (there && (await mayTake(tx, { family, staffId: curatorId, at }))) return curatorId
  return takerByRule(tx, { family, without: from ?? visit.staffId, now, at })
}

const audit = (
  tx: Tx,
  { family, by: { staffId, apiKeyId }, now }: { family: Family; by: Actor; now: Date },
): Promise<void> =>
  addAudit(tx, {
    ...{ at: now, action: 'family.changed', familyId: family.id },
    ...{ staffId: staffId ?? null, apiKeyId: apiKeyId ?? null },
  })

import { DomainError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { type Actor, type FamilyDeps, mustBeActive } from '#features/families/active.ts'
import type { Region } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import { changeFamily, type Family } from '#storage/families/families.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import { insertMain, insertNeed, type NeedFinder, type NeedKind } from '#storage/needs/case-needs.ts'
import { addAudit } from '#storage/staff/audit.ts'
import {
  type CaseNeed,
  holdsOn,
  type KnownNeeds,
  knownNeeds,
  mainCategoryOn,
  overlaps,
  sealNeedCode,
  sealNeedReason,
} from './case-needs.ts'

// Changes of a family's categories and circumstances. The family is the row as locked in the same transaction.

type Deps = Pick<FamilyDeps, 'sealer' | 'region'>
type Change = { family: Family; by: Actor; now: Date }

/** The codes of a kind that the region has. */
export const needCodes = (region: Region, kind: NeedKind): string[] =>
  (kind === 'category' ? region.categories : region.circumstances).map(({ code }) => code)

/**
 * Adds one from a day on. One that holds on this day already is returned as it is. Throws `invalid-input` for a code of another
 * region and for a day to come, `already-open` if it begins later already (a correction of that one), `already-closed`.
 */
export const addNeed = async (
  tx: Tx,
  deps: Deps,
  given: Change & {
    kind: NeedKind
    code: string
    since?: string | undefined
    foundBy: NeedFinder
    requestId?: string
  },
): Promise<CaseNeed> => {
  const { family, kind, code, foundBy, by, now, requestId = null } = given
  mustBeActive(family)
  if (!needCodes(deps.region, kind).includes(code)) throw new DomainError('invalid-input', { field: 'code' })
  const today = dayAt(now, deps.region.timeZone).toString()
  const { since = today } = given
  if (since > today) throw new DomainError('invalid-input', { field: 'since' })
  const same = (await knownNeeds(tx, deps, family.id)).needs.filter(
    (need) => need.kind === kind && need.code === code && !need.withdrawn,
  )
  const known = same.find((need) => holdsOn(need, since))
  if (known) return known
  if (same.some((need) => overlaps(need, { since, until: null }))) throw new DomainError('already-open')
  const id = newId()
  await write(
    tx,
    deps,
    { id, needId: id, version: 1, kind, code, since, until: null, foundBy, requestId },
    given,
  )
  await keepChange(tx, { family, by, now })
  return found(await knownNeeds(tx, deps, family.id), id)
}

/**
 * Ends one with a day, its last. The same end again changes nothing. Throws `not-found`; `already-closed` if it has ended or the
 * support has; `invalid-input` for a day to come or before it began.
 */
export const endNeed = async (
  tx: Tx,
  deps: Deps,
  given: Change & { needId: string; until?: string | undefined },
): Promise<CaseNeed> => {
  const { family, needId, now } = given
  mustBeActive(family)
  const need = found(await knownNeeds(tx, deps, family.id), needId)
  const today = dayAt(now, deps.region.timeZone).toString()
  const { until = today } = given
  if (need.until === until && !need.withdrawn) return need
  if (need.withdrawn || need.until !== null) throw new DomainError('already-closed')
  if (until > today || until < need.since) throw new DomainError('invalid-input', { field: 'until' })
  return addVersion(tx, deps, { need, until, withdrawn: false, since: need.since, reason: null }, given)
}

/**
 * Corrects one: its days, or that it never was. What was said before is kept. Possible after the end of support, too (152-ФЗ,
 * ст. 21). Throws `not-found`; `invalid-input` if nothing changes or the days cannot be; `already-open` if it would hold twice.
 */
export const correctNeed = async (
  tx: Tx,
  deps: Deps,
  given: Change & {
    needId: string
    since?: string | undefined
    until?: string | null | undefined
    withdrawn?: boolean | undefined
    reason: string
  },
): Promise<CaseNeed> => {
  const { family, needId, reason, now } = given
  const { needs } = await knownNeeds(tx, deps, family.id)
  const need = found({ needs, marks: [] }, needId)
  const { since = need.since, withdrawn = need.withdrawn } = given
  const until = given.until === undefined ? need.until : given.until
  const today = dayAt(now, deps.region.timeZone).toString()
  if (since > today) throw new DomainError('invalid-input', { field: 'since' })
  if (until !== null && (until > today || until < since))
    throw new DomainError('invalid-input', { field: 'until' })
  if (since === need.since && until === need.until && withdrawn === need.withdrawn)
    throw new DomainError('invalid-input', { field: 'reason' })
  const others = needs.filter(
    (one) => one.needId !== needId && one.kind === need.kind && one.code === need.code && !one.withdrawn,
  )
  if (!withdrawn && others.some((one) => overlaps(one, { since, until })))
    throw new DomainError('already-open')
  return addVersion(tx, deps, { need, since, until, withdrawn, reason }, given)
}

/** Marks a category as the main one from today. Throws `not-found` for anything but a category; `already-closed` if it does not hold. */
export const markMain = async (tx: Tx, deps: Deps, given: Change & { needId: string }): Promise<CaseNeed> => {
  const { family, needId, by, now } = given
  mustBeActive(family)
  const known = await knownNeeds(tx, deps, family.id)
  const need = found(known, needId)
  if (need.kind !== 'category') throw new DomainError('not-found')
  const today = dayAt(now, deps.region.timeZone)
  if (!holdsOn(need, today.toString())) throw new DomainError('already-closed')
  if (mainCategoryOn(known, today.toString())?.needId === needId && known.marks.length > 0) return need
  await insertMain(tx, {
    ...{ familyId: family.id, needId, since: new Date(`${today.toString()}T00:00:00Z`), at: now },
    ...authorOf(by),
  })
  await keepChange(tx, given)
  return need
}

const found = ({ needs }: KnownNeeds, needId: string): CaseNeed => {
  const need = needs.find((one) => one.needId === needId)
  if (!need) throw new DomainError('not-found')
  return need
}

type Version = Pick<CaseNeed, 'since' | 'until' | 'withdrawn'> & { need: CaseNeed; reason: string | null }

const addVersion = async (
  tx: Tx,
  deps: Deps,
  { need, since, until, withdrawn, reason }: Version,
  change: Change,
): Promise<CaseNeed> => {
  const { needId, kind, code, foundBy, versions } = need
  const row = { needId, kind, code, foundBy, since, until, withdrawn, reason, requestId: null }
  await write(tx, deps, { ...row, id: newId(), version: versions.length + 1 }, change)
  await keepChange(tx, change)
  return found(await knownNeeds(tx, deps, change.family.id), needId)
}

const write = async (
  tx: Tx,
  { sealer }: Deps,
  row: Pick<CaseNeed, 'needId' | 'kind' | 'code' | 'since' | 'until' | 'foundBy'> & {
    id: string
    version: number
    requestId: string | null
    withdrawn?: boolean
    reason?: string | null
  },
  { family, by, now }: Change,
): Promise<void> => {
  const { id, code, since, until, withdrawn = false, reason = null, ...rest } = row
  const own = await sealerOf(tx, sealer, { family: family.id })
  return insertNeed(tx, {
    ...{ ...rest, id, withdrawn, familyId: family.id, at: now, ...authorOf(by) },
    code: sealNeedCode(own, id, code),
    since: new Date(`${since}T00:00:00Z`),
    until: until === null ? null : new Date(`${until}T00:00:00Z`),
    reason: reason === null ? null : sealNeedReason(own, id, reason),
  })
}

const authorOf = ({ staffId, apiKeyId }: Actor) => ({
  staffId: staffId ?? null,
  apiKeyId: apiKeyId ?? null,
})

const keepChange = async (tx: Tx, { family, by, now }: Change): Promise<void> => {
  await changeFamily(tx, family.id, {})
  await addAudit(tx, { at: now, action: 'family.needs-changed', familyId: family.id, ...authorOf(by) })
}

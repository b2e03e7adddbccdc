import { DomainError } from '#core/errors.ts'
import { otherOption } from '#features/intake/questions.ts'
import type { Territory } from '#regions/territories.ts'
import type { Tx } from '#storage/database.ts'
import { addAudit } from '#storage/staff/audit.ts'
import {
  insertTerritory,
  type LeftInTerritory,
  leftInTerritory,
  listTerritories,
  lockTerritories,
  moveWork,
  retireTerritory,
  type StoredTerritory,
  type TerritoryChanges,
  updateTerritory,
} from '#storage/territories/territories.ts'
import { spokenNames } from './spoken-names.ts'

// The only changes of the centre's territories, from the API, the console and the command line. Every one is audited.

/** A button shows a name whole, in one line. */
export const longestName = 34
/** More would not be found in a list of buttons. */
const mostTerritories = 60

type By = { apiKeyId: string | null; staffId?: string; now: Date }

/** What is left in a territory that cannot be retired without a successor. */
export class TerritoryInUse extends DomainError {
  readonly left: LeftInTerritory

  constructor(left: LeftInTerritory) {
    super('territory-in-use')
    this.left = left
  }
}

/** Adds a territory at the end of the list. Throws `already-open` for a code that was ever used, `not-allowed` beyond sixty. */
export const addTerritory = async (
  tx: Tx,
  {
    code,
    name,
    called,
    town = [],
    areaCode,
    by,
  }: Pick<Territory, 'code' | 'name'> & Partial<Pick<Territory, 'called' | 'town' | 'areaCode'>> & { by: By },
): Promise<StoredTerritory> => {
  const all = await lockTerritories(tx)
  if (code === otherOption || all.some((one) => one.code === code))
    throw new DomainError('already-open', { field: 'code' })
  if (all.filter(isOpen).length >= mostTerritories) throw new DomainError('not-allowed')
  const position = Math.max(-1, ...all.map((one) => one.position)) + 1
  const territory = { code, name, town, called: called ?? spokenNames(name) }
  await insertTerritory(tx, {
    ...territory,
    ...(areaCode !== undefined && { areaCode }),
    position,
    now: by.now,
  })
  return changed(tx, code, by)
}

/**
 * Changes the names, or what else is given; the code stays. Without `called` a new name also changes how people are
 * understood who say it, and what they were understood by before goes on to hold. Throws `not-found`.
 */
export const renameTerritory = async (
  tx: Tx,
  { code, by, ...changes }: TerritoryChanges & { code: string; by: By },
): Promise<StoredTerritory> => {
  const before = find(await lockTerritories(tx), code)
  const called =
    changes.called ??
    (changes.name && [...new Set([...before.called, ...spokenNames({ ...before.name, ...changes.name })])])
  await updateTerritory(tx, code, { ...changes, ...(called && { called }) }, by.now)
  return changed(tx, code, by)
}

/**
 * Retires a territory: nobody is offered it any more, and what was done under its code keeps its name. With `to`, what is
 * open goes to that territory, and the staff who serve this one serve both. Returns what was left in it. Throws `not-found`,
 * `not-allowed` for the last one, `not-eligible` if `to` is not in use, TerritoryInUse if something is left and `to` is null.
 */
export const retire = async (
  tx: Tx,
  { code, to, by }: { code: string; to: string | null; by: By },
): Promise<{ territory: StoredTerritory; left: LeftInTerritory }> => {
  const all = await lockTerritories(tx)
  const { retiredAt } = find(all, code)
  if (retiredAt !== null) throw new DomainError('already-closed')
  if (to !== null && !all.some((one) => one.code === to && one.code !== code && isOpen(one)))
    throw new DomainError('not-eligible', { field: 'successor' })
  if (all.filter(isOpen).length === 1) throw new DomainError('not-allowed')
  // First of all: whoever opens something here right now has done so, or is sent to the successor.
  await retireTerritory(tx, code, { successor: to, now: by.now })
  const left = await leftInTerritory(tx, code, by.now)
  if (to !== null) await moveWork(tx, { from: code, to })
  else if (left.staff.length > 0 || left.requests > 0 || left.families > 0) throw new TerritoryInUse(left)
  return { territory: await changed(tx, code, by), left }
}

const isOpen = ({ retiredAt }: StoredTerritory): boolean => retiredAt === null

const find = (all: readonly StoredTerritory[], code: string): StoredTerritory => {
  const found = all.find((one) => one.code === code)
  if (!found) throw new DomainError('not-found')
  return found
}

const changed = async (tx: Tx, code: string, { apiKeyId, staffId, now }: By): Promise<StoredTerritory> => {
  await addAudit(tx, { at: now, action: 'territories.changed', apiKeyId, staffId: staffId ?? null })
  return find(await listTerritories(tx), code)
}

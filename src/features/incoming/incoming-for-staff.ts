import { DomainError } from '#core/errors.ts'
import { staffRights } from '#features/families/family-access.ts'
import type { Staff } from '#features/requests/cases.ts'
import { familyForStaff } from '#features/families/caseload.ts'
import type { StepDeps } from '#features/requests/request-step.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { type Family, familyOfNumber, findFamily } from '#storage/families/families.ts'
import { findIncoming, listIncoming, type StoredIncoming } from '#storage/incoming/incoming.ts'
import { joinedStaff, staffOfTerritory } from '#storage/staff/staff.ts'
import { type IncomingDetails, readIncoming } from './incoming-api.ts'
import { stateOfIncoming } from './incoming.ts'
import { linkIncoming, refuteIncoming } from './settle-incoming.ts'

// Messages about families as staff read them in the bot: specialists and supervisors those of their territories, as with
// requests; a curator those of their families.

type As = { staff: Staff | null | undefined; now: Date }

/** The territories that only others of their role serve. */
const servedByOthers = async (reader: Reader, staff: Staff): Promise<string[]> => {
  const joined = await joinedStaff(reader, staff.role)
  const served = new Set(joined.flatMap(({ territories }) => territories))
  return [...served].filter((code) => !staff.territories.includes(code))
}

/** A page of what nothing became of yet, newest first. Throws `not-found` for families and curators. */
export const openIncomingForStaff = async (
  reader: Reader,
  { staff, after, limit }: As & { after?: number | undefined; limit: number },
): Promise<StoredIncoming[]> => {
  if (!staff?.active || staff.role === 'curator') throw new DomainError('not-found')
  const without = await servedByOthers(reader, staff)
  return listIncoming(reader, { territories: 'all', without, state: 'open' }, { after, limit })
}

/** The messages about a family, for whoever is in charge of it. Throws `not-found`. */
export const incomingOfFamily = async (
  reader: Reader,
  { staff, now, familyId, limit }: As & { familyId: string; limit: number },
): Promise<StoredIncoming[]> => {
  const family = await findFamily(reader, familyId)
  if (!family || !(await staffRights(reader, staff, family, { now })).has('charge'))
    throw new DomainError('not-found')
  return listIncoming(reader, { territories: 'all', familyId }, { limit })
}

/** Throws `not-found`, also if it does not concern the member. */
const concerning = async (reader: Reader, { staff, now }: As, id: string): Promise<StoredIncoming> => {
  const incoming = await findIncoming(reader, id)
  if (!incoming || !staff?.active || !(await concerns(reader, { staff, now }, incoming)))
    throw new DomainError('not-found')
  return incoming
}

const concerns = async (
  reader: Reader,
  { staff, now }: { staff: Staff; now: Date },
  { territory, steps }: StoredIncoming,
): Promise<boolean> => {
  if (staff.role !== 'curator')
    return (await staffOfTerritory(reader, territory, staff.role)).some(({ id }) => id === staff.id)
  const { familyId } = stateOfIncoming(steps)
  const family = familyId === null ? null : await findFamily(reader, familyId)
  return family !== null && (await staffRights(reader, staff, family, { now })).has('charge')
}

/** A message with its words; audited, but for an open page that is drawn `again`. Throws `not-found`. */
export const incomingForStaff = async (
  tx: Tx,
  deps: Pick<StepDeps, 'sealer'>,
  { id, again, ...as }: As & { id: string; again?: boolean },
): Promise<IncomingDetails & { family: Family | null }> => {
  const incoming = await concerning(tx, as, id)
  const { familyId } = stateOfIncoming(incoming.steps)
  const details = await readIncoming(tx, deps.sealer, {
    incoming,
    by: { staffId: as.staff?.id },
    now: as.now,
    again,
  })
  return { ...details, family: familyId === null ? null : await findFamily(tx, familyId) }
}

/** Links it to a family by its number. Throws `not-found` for any that the member may not open. */
export const linkForStaff = async (
  tx: Tx,
  deps: StepDeps,
  { id, number, ...as }: As & { id: string; number: number },
): Promise<Family> => {
  const incoming = await concerning(tx, as, id)
  const found = await familyOfNumber(tx, number)
  if (!found) throw new DomainError('not-found')
  const { now } = as
  const family = await familyForWriting(tx, as, found)
  await linkIncoming(tx, deps, { incoming, family, by: { staffId: as.staff?.id }, now })
  return family
}

/** A specialist may not open a family that has a curator, but is the one to whom the school writes of it. */
const familyForWriting = async (reader: Reader, { staff, now }: As, family: Family): Promise<Family> => {
  if (staff?.role !== 'intake') return familyForStaff(reader, { staff, familyId: family.id, now })
  const serving = await staffOfTerritory(reader, family.territory, 'intake')
  if (!serving.some(({ id }) => id === staff.id)) throw new DomainError('not-found')
  return family
}

/** «Не подтвердилось», and why. Throws `not-found`. */
export const refuteForStaff = async (
  tx: Tx,
  deps: StepDeps,
  { id, reason, ...as }: As & { id: string; reason: string },
): Promise<void> => {
  const incoming = await concerning(tx, as, id)
  await refuteIncoming(tx, deps, { incoming, reason, by: { staffId: as.staff?.id }, now: as.now })
}

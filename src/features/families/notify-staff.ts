import { cardAt, secondsUntil } from '#features/routing/delays.ts'
import { type Enqueue, highPriority } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { absentAt } from '#storage/staff/absences.ts'
import { type Family, lockFamily } from '#storage/families/families.ts'
import { findStaff, type JoinedMember } from '#storage/staff/staff.ts'
import { type CardSubject, cardReaders, isCardReader } from './card-readers.ts'
import { nobodyReaches } from '#features/staff/reachability.ts'
import { type FamilyCard, isForSupervisors, isUrgentCard } from '#queue/family-cards.ts'

type Deps = { enqueue: Enqueue; region: Region }
type News = CardSubject & { family: Pick<Family, 'id' | 'territory' | 'curatorId'> }

/**
 * Sends staff a card about a family, in the caller's transaction. Absent readers are replaced, so that
 * nothing a family writes stays unread.
 */
export const notifyStaff = async (tx: Tx, deps: Deps, news: News): Promise<void> =>
  show(tx, deps, news, await cardReaders(tx, deps.region, news))

const show = async (
  tx: Tx,
  deps: Deps,
  { family, kind, subjectId, now }: News,
  readers: readonly JoinedMember[],
): Promise<void> => {
  const { enqueue, region } = deps
  const card = { familyId: family.id, kind, ...(subjectId && { subjectId }) }
  for (const { id: staffId, dutyHours } of readers) {
    // An ordinary message waits for its readers' duty hours.
    const seconds = secondsUntil(cardAt(region, kind !== 'message', dutyHours, now), now)
    await enqueue(
      tx,
      'family-card',
      { ...card, staffId },
      {
        ...(seconds > 0 && { startAfter: seconds }),
        ...(isUrgentCard(kind) && { priority: highPriority }),
      },
    )
  }
  if (readers.length === 0 || (isForSupervisors(kind) && !(await hasSupervisor(tx, readers, now))))
    await enqueue(tx, 'territory-alert', { territory: family.territory }, { priority: highPriority })
}

/** Whether a supervisor who is there is among the readers. If none is, those of other territories have to know. */
const hasSupervisor = async (
  reader: Reader,
  readers: readonly JoinedMember[],
  now: Date,
): Promise<boolean> => {
  const away = await absentAt(reader, now)
  return readers.some(
    ({ id, role, unreachableSince }) => role === 'supervisor' && !away.has(id) && unreachableSince === null,
  )
}

type Card = { familyId: string; staffId: string; kind: FamilyCard; subjectId?: string | undefined }

/**
 * Handles a card that was not shown: if it no longer concerns its reader, it is sent to the current readers.
 */
export const redirectUnsentCard = async (
  tx: Tx,
  deps: Deps,
  { familyId, staffId, ...card }: Card,
  now: Date,
): Promise<void> => {
  const family = await lockFamily(tx, familyId)
  const staff = await findStaff(tx, staffId)
  if (!family) return
  const news = { ...card, family, now }
  if (staff && (await isCardReader(tx, deps.region, staff, news))) return
  await show(tx, deps, news, await cardReaders(tx, deps.region, news, [staffId]))
}

/**
 * Handles a card whose reader is unreachable: sends it to the readers who replace them and have not received
 * it. Nobody receives it twice, so this terminates.
 */
export const redirectRefusedCard = async (
  tx: Tx,
  deps: Deps,
  { familyId, staffId, ...card }: Card,
  now: Date,
): Promise<void> => {
  const family = await lockFamily(tx, familyId)
  if (!family) return void (await nobodyReaches(tx, deps, { staffId, now }))
  const news = { ...card, family, now }
  const beside = (await cardReaders(tx, deps.region, news)).map(({ id }) => id)
  // If the reader is no longer among the readers, nobody else has received the card.
  const told = new Set(beside.includes(staffId) ? beside : [])
  await nobodyReaches(tx, deps, { staffId, now })
  const readers = await cardReaders(tx, deps.region, news, [staffId])
  const others = readers.filter(({ id, unreachableSince }) => unreachableSince === null && !told.has(id))
  await show(tx, deps, news, others)
}

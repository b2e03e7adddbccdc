import { cardAt, secondsUntil } from '#features/routing/delays.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import { type Family, lockFamily } from '#storage/families/families.ts'
import { setStaffUnreachable } from '#storage/staff/staff-reach.ts'
import { findStaff, type JoinedMember } from '#storage/staff/staff.ts'
import { type CardSubject, cardReaders, isCardReader } from './card-readers.ts'
import type { FamilyCard } from '#queue/family-cards.ts'

type Deps = { enqueue: Enqueue; region: Region }
type News = CardSubject & { family: Pick<Family, 'id' | 'territory' | 'curatorId'> }

/**
 * Shows the staff a card about a family, in the caller's transaction. Where whoever it is for is not there it goes to
 * others: no word of a family's is without a reader.
 */
export const notifyStaff = async (tx: Tx, deps: Deps, news: News): Promise<void> =>
  show(tx, deps, news, await cardReaders(tx, deps.region, news))

const show = async (
  tx: Tx,
  { enqueue, region }: Deps,
  { family, kind, subjectId, now }: News,
  readers: readonly JoinedMember[],
): Promise<void> => {
  const card = { familyId: family.id, kind, ...(subjectId && { subjectId }) }
  for (const { id: staffId, dutyHours } of readers) {
    // What is only a message lets its readers rest until their hours of duty.
    const seconds = secondsUntil(cardAt(region, kind !== 'message', dutyHours, now), now)
    await enqueue(tx, 'family-card', { ...card, staffId }, seconds > 0 ? { startAfter: seconds } : {})
  }
}

type Card = { familyId: string; staffId: string; kind: FamilyCard; subjectId?: string | undefined }

/** A card was not shown. Where that is because it is not its reader's concern any more, whoever reads it now is told. */
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
 * Its reader cannot be written to any more: whoever reads such a card instead, and was not told beside them, is told.
 * Nobody is told twice, so there is an end to it.
 */
export const redirectRefusedCard = async (
  tx: Tx,
  deps: Deps,
  { familyId, staffId, ...card }: Card,
  now: Date,
): Promise<void> => {
  const family = await lockFamily(tx, familyId)
  if (!family) return void (await setStaffUnreachable(tx, staffId, now))
  const news = { ...card, family, now }
  const beside = (await cardReaders(tx, deps.region, news)).map(({ id }) => id)
  // Whoever went away meanwhile was told alone.
  const told = new Set(beside.includes(staffId) ? beside : [])
  await setStaffUnreachable(tx, staffId, now)
  const readers = await cardReaders(tx, deps.region, news, [staffId])
  const others = readers.filter(({ id, unreachableSince }) => unreachableSince === null && !told.has(id))
  await show(tx, deps, news, others)
}

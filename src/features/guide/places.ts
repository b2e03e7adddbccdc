import { DomainError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { type Keeper, mustKeep } from '#features/staff/keeper.ts'
import { guide } from '#regions/guide.ts'
import type { Region } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import {
  insertPlace,
  type Place,
  type PlaceChanges,
  placeContent,
  placesIn,
  removePlace,
  updatePlace,
} from '#storage/guide/places.ts'
import { addAudit } from '#storage/staff/audit.ts'

// «Куда обратиться»: places outside the centre, which supervisors keep, and families read beside the guide.

/** The topics of the guide beside which a place may stand. */
export const placeTopics: readonly string[] = [
  ...new Set(
    [guide.tonight, guide.fears].flatMap(({ adult, minor }) => [...adult, ...minor]).map(({ id }) => id),
  ),
]

/** More than these nobody finds anything among. */
const mostPlaces = 300

/** The places for a reader: beside a topic, or all of them. Pure. */
export const placesFor = (
  places: readonly Place[],
  { topic, reader }: { topic: string | null; reader: 'adult' | 'minor' },
): Place[] =>
  places.filter(
    ({ audience, topics }) =>
      (audience === 'everyone' || audience === reader) && (topic === null || topics.includes(topic)),
  )

type Change = { by: Keeper; now: Date; region: Region }
type Given = Omit<Place, 'id' | 'position' | 'updatedAt'>

/** Throws `invalid-input` for what is no text of this form, no topic of the guide, or no territory in use. */
const mustFit = ({ content, topics, territory }: PlaceChanges, { territories }: Region): void => {
  if (content !== undefined && !placeContent.safeParse(content).success)
    throw new DomainError('invalid-input', { field: 'content' })
  if (topics?.some((topic) => !placeTopics.includes(topic)))
    throw new DomainError('invalid-input', { field: 'topics' })
  if (territory && !territories.some(({ code }) => code === territory))
    throw new DomainError('invalid-input', { field: 'territory' })
}

/** A supervisor keeps those of their territories, and those for everywhere. */
const mustServe = (by: Keeper, territory: string | null | undefined): void => {
  if (territory && 'staff' in by && !by.staff.territories.includes(territory))
    throw new DomainError('not-allowed')
}

/** Adds a place at the end. Returns its id. Throws `not-allowed`, `invalid-input`. */
export const addPlace = async (tx: Tx, { by, now, region, ...given }: Change & Given): Promise<string> => {
  const author = mustKeep(by)
  mustServe(by, given.territory)
  mustFit(given, region)
  const all = await placesIn(tx)
  if (all.length >= mostPlaces) throw new DomainError('not-allowed')
  const id = newId()
  const position = Math.max(0, ...all.map((one) => one.position)) + 1
  await insertPlace(tx, { id, position, ...given, updatedAt: now })
  await addAudit(tx, { at: now, action: 'places.changed', subjectId: id, ...author })
  return id
}

/** Changes a place; without changes it says that it was checked and is still so, which another place in the list does not say. Throws `not-found`, `not-allowed`, `invalid-input`. */
export const changePlace = async (
  tx: Tx,
  { by, now, region, id, ...changes }: Change & { id: string } & PlaceChanges,
): Promise<void> => {
  const author = mustKeep(by)
  const place = (await placesIn(tx)).find((one) => one.id === id)
  if (!place) throw new DomainError('not-found')
  for (const territory of [place.territory, changes.territory]) mustServe(by, territory)
  mustFit(changes, region)
  const isMoved = Object.keys(changes).join() === 'position'
  const updatedAt = isMoved ? place.updatedAt : now
  if (!(await updatePlace(tx, { id, ...changes, updatedAt }))) throw new DomainError('not-found')
  await addAudit(tx, { at: now, action: 'places.changed', subjectId: id, ...author })
}

/** Throws `not-found`, `not-allowed`. */
export const dropPlace = async (
  tx: Tx,
  { by, now, id }: Pick<Change, 'by' | 'now'> & { id: string },
): Promise<void> => {
  const author = mustKeep(by)
  const place = (await placesIn(tx)).find((one) => one.id === id)
  if (place) mustServe(by, place.territory)
  if (!place || !(await removePlace(tx, id, now))) throw new DomainError('not-found')
  await addAudit(tx, { at: now, action: 'places.changed', subjectId: id, ...author })
}

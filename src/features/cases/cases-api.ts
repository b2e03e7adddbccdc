import { type FamilyAccess, familyForCaller } from '#features/families/families-api.ts'
import type { Caller } from '#features/staff/api-keys.ts'
import type { Region } from '#regions/schema.ts'
import { type CaseEvent, caseEventsOf, factKind, inForce } from '#storage/cases/case-events.ts'
import { type CaseTerm, termsOf } from '#storage/cases/case-terms.ts'
import { type Episode, episodesOf } from '#storage/cases/episodes.ts'
import { type ListedTerm, openTerms, type TermCursor, type TermFilter } from '#storage/cases/term-lists.ts'
import type { Database, Reader } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { type NextTerm, nextTermOf } from './next-term.ts'

export type ShownCase = {
  family: Family
  episodes: Episode[]
  events: CaseEvent[]
  terms: CaseTerm[]
  /** The nearest term of an open case, or why it has none. */
  next: NextTerm<CaseTerm> | null
}

/** A case with its episodes, events and terms. Throws `not-found`. */
export const showCase = async (reader: Reader, region: Region, of: FamilyAccess): Promise<ShownCase> => {
  const family = await familyForCaller(reader, of)
  const episodes = await episodesOf(reader, of.id)
  const events = (await caseEventsOf(reader, of.id)).filter(({ kind }) => kind !== factKind)
  const terms = await termsOf(reader, of.id)
  const last = episodes.at(-1)?.id
  const standing = {
    stage: family.stage,
    events: inForce(events).filter(({ episodeId }) => episodeId === last),
  }
  const open = family.status === 'active'
  return { family, episodes, events, terms, next: open ? nextTermOf(region, standing, terms) : null }
}

/** A page of open terms of the families that the key reaches, the first to end first. */
export const termsForCaller = async (
  database: Database,
  caller: Caller,
  filter: Omit<TermFilter, 'territories'>,
  { after, limit }: { after?: TermCursor | undefined; limit: number },
): Promise<{ items: ListedTerm[]; next: TermCursor | null }> => {
  const found = await openTerms(
    database,
    { ...filter, territories: caller.territories },
    { after, limit: limit + 1 },
  )
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return { items, next: found.length > limit && last ? { dueOn: last.dueOn, id: last.id } : null }
}

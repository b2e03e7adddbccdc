import type { Reader } from '#storage/database.ts'
import { hiddenFromInRequest } from '#storage/requests/request-events.ts'
import { latestDecisions } from '#storage/routing/routing-decisions.ts'
import { listStaff } from '#storage/staff/staff.ts'
import { explainRejection, type Phrase, parseReason } from './routing-reason.ts'

/** How many names a line has. */
const mostNames = 6

/**
 * Why the others do not have a request, one line a reason, for supervisors: as its latest decision says, and those of its
 * territory whom no decision could consider, because of a complaint, or because they have not joined. Empty without a decision.
 */
export const leftOut = async (
  reader: Reader,
  { id, territory, assignedToId }: { id: string; territory: string; assignedToId: string | null },
  supervisorId: string,
): Promise<Phrase[]> => {
  const decision = (await latestDecisions(reader, [id])).get(id)
  if (!decision || decision.staffId !== assignedToId) return []
  const [staff, hidden] = await Promise.all([listStaff(reader), hiddenFromInRequest(reader, id)])
  // Whoever is complained of learns of no complaint, supervisors included.
  const complained = hidden.includes(supervisorId) ? [] : hidden
  const names = new Map(staff.map(({ id: one, name }) => [one, name]))
  const intake = staff.filter(
    ({ role, active, territories }) => role === 'intake' && active && territories.includes(territory),
  )
  const told = parseReason(decision.reason).others.filter(({ id: one }) => !complained.includes(one))
  const lines = [
    ...intake
      .filter(({ id: one }) => complained.includes(one))
      .map(({ name }) => ({ why: 'complaint' as const, figure: undefined, name })),
    ...told.flatMap(({ id: one, why, figure }) => {
      const name = names.get(one)
      return name === undefined ? [] : [{ why, figure, name }]
    }),
    ...intake
      .filter(({ personId }) => personId === null)
      .map(({ name }) => ({ why: 'not-joined' as const, figure: undefined, name })),
  ]
  return [...Map.groupBy(lines, ({ why, figure }) => `${why} ${figure ?? ''}`).values()].flatMap((alike) => {
    const [first] = alike
    return first ? [explainRejection(first.why, listed(alike.map(({ name }) => name)), first.figure)] : []
  })
}

const listed = (names: readonly string[]): string =>
  names.length <= mostNames
    ? names.join(', ')
    : `${names.slice(0, mostNames).join(', ')} (+${names.length - mostNames})`

import { formatDay } from '#core/dates.ts'
import { dataRequestForStaff } from '#features/data-requests/data-requests-for-staff.ts'
import type { DataRequest } from '#storage/data-requests/data-requests.ts'
import type { Tx } from '#storage/database.ts'
import type { Standing } from '../standing.ts'
import type { Visit } from '../visit.ts'

/** How a data request stands: whether it is open, blocks the data, or has them destroyed. Each of its changes rests upon all of it. */
export const dataRequestStanding = ({ say, deps, now }: Visit, request: DataRequest): Standing => {
  const { revision, closedAt, outcome, restrictedAt, eraseAt } = request
  const { timeZone } = deps.region
  const fact = (name: string, at: Date | null, yes: string) => ({
    value: at?.toISOString() ?? '',
    words: at === null ? say.label(`console.facts.${name}.no`) : yes,
  })
  const since = (at: Date | null) => (at ? formatDay(say, { instant: at, timeZone, now }) : '')
  return {
    revision,
    facts: {
      dataAnswer: fact(
        'dataAnswers',
        closedAt,
        say.label(`consoleDataRequests.outcomes.${outcome ?? 'done'}`),
      ),
      dataBlock: fact(
        'dataBlocks',
        restrictedAt,
        say.label('console.facts.dataBlocks.yes', { day: since(restrictedAt) }),
      ),
      dataErasure: fact(
        'dataErasures',
        eraseAt,
        say.label('console.facts.dataErasures.yes', { day: since(eraseAt) }),
      ),
    },
  }
}

/** The same of one that is read now. Throws `not-found`. */
export const dataRequestStands = async (
  tx: Tx,
  visit: Visit & { params: { id: string } },
): Promise<Standing> => dataRequestStanding(visit, await dataRequestForStaff(tx, visit, visit.params.id))

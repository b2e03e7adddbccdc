import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import { reasonsInWords } from '#dialogue/requests/urgency-view.ts'
import { type Case, caseForStaff } from '#features/requests/cases.ts'
import type { Tx } from '#storage/database.ts'
import type { Fact, Standing } from '../standing.ts'
import type { Visit } from '../visit.ts'

/** On what of a request each act rests: what else changes meanwhile is no reason to ask again. */
const restsUpon = {
  pass: ['holder'],
  give: ['holder'],
  stage: ['holder', 'stage'],
  calm: ['holder', 'urgency', 'said'],
  check: ['holder', 'said'],
  decide: ['holder', 'stage', 'urgency', 'said'],
  merge: ['holder'],
} as const satisfies Record<string, readonly FactName[]>

type FactName = 'holder' | 'stage' | 'urgency' | 'said'
export type RestingAct = keyof typeof restsUpon

/** How a request stands, as far as an act rests upon it. What is kept from the reader is none of it. */
export const requestStanding = (visit: Visit, request: Case, act: RestingAct): Standing => ({
  revision: request.revision,
  facts: Object.fromEntries(restsUpon[act].map((name) => [name, factOf(visit, request, name)])),
})

/** The same of a request that is read now. Throws `not-found`. */
export const requestStands =
  (act: RestingAct) =>
  async (tx: Tx, visit: Visit & { params: { id: string } }): Promise<Standing> => {
    const { deps, staff, now, params } = visit
    return requestStanding(visit, await caseForStaff(tx, deps.sealer, staff, params.id, now), act)
  }

const factOf = ({ say, deps, staff }: Visit, request: Case, name: FactName): Fact => {
  const { status, claimedBy, claimedById, assignedToId, checkOpen, stage, urgent, reasons, notes } = request
  if (name === 'stage') return { value: stage, words: optionLabel(say, deps.region.code, 'stages', stage) }
  if (name === 'said')
    return { value: String(notes), words: say.label('console.facts.lines', { count: notes }) }
  if (name === 'urgency') {
    const why = urgent ? reasonsInWords(say, deps.region, reasons) : ''
    const words = urgent ? say.label('console.urgent') : say.label('console.facts.notUrgent')
    return { value: [urgent, ...reasons].join(' '), words: why === '' ? words : `${words}: ${why}` }
  }
  const holder = status === 'claimed' ? claimedById : assignedToId
  const held = say.label(`consoleRequests.holder.${claimedBy?.id === staff.id ? 'hasMine' : 'has'}`, {
    name: claimedBy?.name ?? '',
  })
  const words =
    status === 'claimed' && claimedBy
      ? held
      : say.label(`console.facts.states.${checkOpen ? 'check' : status}`)
  return { value: [checkOpen ? 'check' : status, holder ?? ''].join(' '), words }
}

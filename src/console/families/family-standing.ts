import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import { familyForStaff } from '#features/families/caseload.ts'
import { signsForStaff } from '#features/levels/level-for-staff.ts'
import type { Tx } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { findStaff } from '#storage/staff/staff.ts'
import type { Fact, Standing } from '../standing.ts'
import type { Visit } from '../visit.ts'

/** On what of a family each act rests: what else changes meanwhile is no reason to ask again. */
const restsUpon = {
  stage: ['stage'],
  level: ['level', 'signs'],
  give: ['curator'],
  close: ['stage', 'curator'],
} as const satisfies Record<string, readonly FactName[]>

type FactName = 'stage' | 'level' | 'signs' | 'curator'
export type RestingAct = keyof typeof restsUpon

/** How a family stands, as far as an act rests upon it. Reading signs is audited. */
export const familyStanding = async (
  tx: Tx,
  visit: Visit,
  family: Family,
  act: RestingAct,
): Promise<Standing> => {
  const facts: [FactName, Fact][] = []
  for (const name of restsUpon[act]) facts.push([name, await factOf(tx, visit, family, name)])
  return { revision: family.revision, facts: Object.fromEntries(facts) }
}

/** The same of a family that is read now. Throws `not-found`. */
export const familyStands =
  (act: RestingAct) =>
  async (tx: Tx, visit: Visit, familyId: string): Promise<Standing> => {
    const { staff, now } = visit
    return familyStanding(tx, visit, await familyForStaff(tx, { staff, familyId, now }), act)
  }

const factOf = async (tx: Tx, visit: Visit, family: Family, name: FactName): Promise<Fact> => {
  const { say, deps, staff, now } = visit
  const { code: region } = deps.region
  const { stage, level, curatorId } = family
  if (name === 'stage') return { value: stage, words: optionLabel(say, region, 'stages', stage) }
  if (name === 'level')
    return {
      value: level ?? '',
      words: say.label(level === null ? 'caseload.noLevel' : `caseload.levels.${level}`),
    }
  if (name === 'curator') {
    const curator = curatorId === null ? null : await findStaff(tx, curatorId)
    return { value: curatorId ?? '', words: curator?.name ?? say.label('console.requests.nobody') }
  }
  const { ticked } = await signsForStaff(tx, deps, { staff, familyId: family.id, now })
  const words = ticked.map((one) => optionLabel(say, region, 'levelSigns', one)).join('; ')
  return { value: ticked, words: words === '' ? say.label('console.facts.noSigns') : words }
}

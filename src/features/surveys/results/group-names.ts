import type { Say } from '#core/text.ts'
import { otherOption } from '#features/intake/questions.ts'
import type { Reader } from '#storage/database.ts'
import { staffNames } from '#storage/staff/staff-lists.ts'
import type { Dimension, SurveyResults } from './survey-result.ts'

export type Curator = { id: string; name: string }

/** Display names of groups. A curator whose name the reader may not see is shown by the beginning of their id. */
export const groupNames =
  (say: Say, { curators }: { curators: readonly Curator[] }) =>
  (by: Dimension, code: string): string => {
    const none = say.label('surveyCharts.noGroup')
    if (code === 'none') return none
    if (by === 'level') return capital(say.label(`caseload.levels.${code}`))
    if (by === 'help-kind') return say.label(`regions.shared.helpKinds.${code}`)
    if (by === 'curator') return curators.find(({ id }) => id === code)?.name ?? code.slice(0, 8)
    if (code === otherOption) return say.label('surveyCharts.otherTerritory')
    const name = `territories.${code}`
    return say.has(name) ? say.label(name) : code
  }

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

/** The curators in the results, with their names at the centre. */
export const curatorNames = async (reader: Reader, { breakdowns }: SurveyResults): Promise<Curator[]> => {
  const ids = breakdowns.flatMap(({ by, cells }) =>
    by === 'curator' ? cells.flatMap(({ code }) => (code === 'none' ? [] : [code])) : [],
  )
  return staffNames(reader, ids)
}

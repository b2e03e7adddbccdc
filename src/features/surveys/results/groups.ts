import type { Say } from '#core/text.ts'
import { other } from '#features/intake/questions.ts'
import type { Region } from '#regions/schema.ts'
import type { Dimension } from './result.ts'

export type Curator = { id: string; name: string }

/** What groups of families are called. A curator who is no member any more has no name. */
export const groupNames =
  (say: Say, { region, curators }: { region: Region; curators: readonly Curator[] }) =>
  (by: Dimension, code: string): string => {
    const none = say.label('surveyCharts.noGroup')
    if (code === 'none') return none
    if (by === 'level') return say.label(`caseload.levels.${code}`)
    if (by === 'help-kind') return say.label(`regions.shared.helpKinds.${code}`)
    if (by === 'curator') return curators.find(({ id }) => id === code)?.name ?? none
    return code === other
      ? say.label('surveyCharts.otherTerritory')
      : say.label(`regions.${region.code}.territories.${code}`)
  }

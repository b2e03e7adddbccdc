import { dayAt } from '#features/deadlines/deadlines.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader } from '#storage/database.ts'
import { supportLevels } from '#storage/families/families.ts'
import type { StaffMember } from '#storage/staff/staff.ts'
import { pageOfStaff } from '#storage/staff/staff-lists.ts'
import type { ResultsFilter } from '#storage/surveys/results-filter.ts'
import { newestSurveys, type StoredSurvey, versionsOf } from '#storage/surveys/surveys.ts'
import type { When } from '#surveys/schema.ts'
import type { Curator } from './group-names.ts'
import type { ResultsQuery } from './survey-result.ts'

/** Whoever looks at results. */
export type Supervisor = Pick<StaffMember, 'id' | 'territories'>

/** How far back a supervisor can look, and the default period. */
const mostMonths = 24
const firstMonths = 6
const mostCurators = 200

/** The filters offered to a supervisor. */
export type Choices = {
  surveys: StoredSurvey[]
  /** Versions of the selected survey, newest first. */
  versions: StoredSurvey[]
  /** Newest first, `YYYY-MM`. */
  months: string[]
  territories: readonly string[]
  levels: readonly string[]
  helpKinds: readonly string[]
  curators: Curator[]
}

type Looking = { region: Region; supervisor: Supervisor; filter: ResultsFilter; now: Date }

/** Returns the available filters and the resulting query; selected values that no longer exist are dropped. */
export const choicesFor = async (
  reader: Reader,
  { region, supervisor, filter, now }: Looking,
): Promise<{ choices: Choices; query: ResultsQuery }> => {
  const surveys = await surveysToChoose(reader)
  const code =
    surveys.find((one) => one.survey.code === filter.code)?.survey.code ?? surveys[0]?.survey.code ?? ''
  const { territories } = supervisor
  const curators = await pageOfStaff(
    reader,
    { territories, role: 'curator' },
    { after: undefined, limit: mostCurators },
  )
  const choices: Choices = {
    surveys,
    versions: await versionsOf(reader, code),
    months: monthsBefore(now, region.timeZone),
    territories,
    levels: supportLevels,
    helpKinds: region.helpKinds,
    curators: curators.map(({ id, name }) => ({ id, name })),
  }
  return { choices, query: queryOf(choices, code, filter) }
}

/** The newest version of each survey, the most frequent first. */
export const surveysToChoose = async (reader: Reader): Promise<StoredSurvey[]> =>
  (await newestSurveys(reader)).sort((a, b) => placeOf(a) - placeOf(b))

/** In the order in which a family meets them, the most frequent first. */
const asked: readonly When['on'][] = ['visit', 'period', 'end', 'after-end', 'hand']
const placeOf = ({ survey }: StoredSurvey): number => asked.indexOf(survey.when.on)

const monthsBefore = (now: Date, timeZone: string): string[] => {
  const last = dayAt(now, timeZone).toPlainYearMonth()
  return Array.from({ length: mostMonths }, (_, ago) => last.subtract({ months: ago }).toString())
}

const among = <T>(value: T | undefined, all: readonly T[]): T | undefined =>
  value !== undefined && all.includes(value) ? value : undefined

const queryOf = (choices: Choices, code: string, filter: ResultsFilter): ResultsQuery => {
  const { months } = choices
  const last = among(filter.until, months) ?? months[0] ?? ''
  const first = among(filter.from, months) ?? months[firstMonths - 1] ?? last
  const [from = last, until = last] = [first, last].sort()
  const level = among(filter.level, choices.levels)
  const helpKind = level === undefined ? among(filter.helpKind, choices.helpKinds) : undefined
  const ids = choices.curators.map(({ id }) => id)
  const narrowed = level !== undefined || helpKind !== undefined
  return {
    code,
    from,
    until,
    territory: among(filter.territory, choices.territories),
    level,
    helpKind,
    curatorId: narrowed ? undefined : among(filter.curatorId, ids),
    version: among(
      filter.version,
      choices.versions.map(({ survey }) => survey.version),
    ),
  }
}

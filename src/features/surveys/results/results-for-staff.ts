import type { Say } from '#core/text.ts'
import { maskWords } from '#features/surveys/mask.ts'
import type { Region } from '#regions/schema.ts'
import type { Database } from '#storage/database.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit } from '#storage/staff/audit.ts'
import type { ResultsFilter } from '#storage/surveys/results-filter.ts'
import type { ChartWords } from '../charts/chart-words.ts'
import { type Choices, choicesFor, type Supervisor } from './choices.ts'
import { type Comment, readComments } from './comments.ts'
import { groupNames } from './group-names.ts'
import { surveyResults } from './results.ts'
import type { QuestionResult, SurveyResults } from './survey-result.ts'

type Deps = { database: Database; sealer: Sealer; region: Region }
type Looking = { staff: Supervisor; say: Say; now: Date }

export type ResultsView = {
  say: Say
  choices: Choices
  results: SurveyResults
  words: ChartWords
  /** Questions by which groups can be compared, and the chosen one. */
  comparable: QuestionResult[]
  compared: QuestionResult | undefined
}

/** The results in a supervisor's language, limited to their territories. */
export const resultsForStaff = async (
  { database, region }: Pick<Deps, 'database' | 'region'>,
  { staff, say, filter, now }: Looking & { filter: ResultsFilter },
): Promise<ResultsView> => {
  const { choices, query } = await choicesFor(database, { region, supervisor: staff, filter, now })
  const results = await surveyResults(database, {
    query,
    reach: reachOf(staff),
    minors: true,
    timeZone: region.timeZone,
  })
  const words = { say, groupName: groupNames(say, { curators: choices.curators }) }
  const comparable = results.questions.filter(({ answers }) => answers?.measure)
  const compared = comparable.find(({ code }) => code === filter.compare) ?? comparable[0]
  return { say, choices, results, words, comparable, compared }
}

const reachOf = ({ id, territories }: Supervisor) => ({ territories, staffId: id })

/** Free-text answers of the view, masked. Audited, if there are any. */
export const commentsForStaff = async (
  deps: Deps,
  { staff, say, now }: Looking,
  { results, limit }: { results: SurveyResults; limit: number },
): Promise<Comment[]> => {
  const found = await readComments(deps, { results, reach: reachOf(staff), words: maskWords(say), limit })
  if (found.length > 0) await audit(deps, { staff, now }, 'surveys.answers')
  return found
}

/** Free-text answers for a file. The download is audited, whatever is in it. */
export const exportedComments = async (
  deps: Deps,
  { staff, say }: Omit<Looking, 'now'>,
  results: SurveyResults,
): Promise<Comment[]> =>
  readComments(deps, { results, reach: reachOf(staff), words: maskWords(say), limit: mostInFile })

/** Limit of comments in a file. */
const mostInFile = 5_000

/** Audits that results leave as a file. */
export const auditExport = (deps: Deps, by: Omit<Looking, 'say'>): Promise<void> =>
  audit(deps, by, 'surveys.export')

const audit = (
  { database }: Deps,
  { staff, now }: Omit<Looking, 'say'>,
  action: 'surveys.answers' | 'surveys.export',
): Promise<void> => database.transaction((tx) => addAudit(tx, { at: now, action, staffId: staff.id }))

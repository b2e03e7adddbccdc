import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { checkTyped, draftsOf, surveyToEdit } from '#features/surveys/authoring/survey-editing.ts'
import { facesPicture } from '#features/surveys/picture/faces-picture.ts'
import { spokenQuestion } from '#features/surveys/spoken-questions.ts'
import { mayKeepSurveys, mustKeepSurveys } from '#features/surveys/survey-keeper.ts'
import { endSurvey, surveyVersions } from '#features/surveys/surveys-api.ts'
import { namesOfStaff } from '#storage/staff/staff.ts'
import { newestSurveys } from '#storage/surveys/surveys.ts'
import { codeSchema, type Survey } from '#surveys/schema.ts'
import { type Console, download, form, page } from '#console/routes.ts'
import type { Visit } from '#console/visit.ts'
import { surveyPaths } from '../tabs.ts'
import { registerSurveyEditing } from './edit-routes.ts'
import { surveyListPage } from './list-page.ts'
import { previewReaders, readerIn } from './survey-words.ts'
import { endSurveyPage, versionPage } from './version-page.ts'

const supervisors = ['supervisor'] as const
const params = z.object({ survey: codeSchema })
const at = `${surveyPaths.authoring}/:survey` as const
const version = z.coerce.number().int().min(1).max(10_000)

const query = z.object({
  as: z.enum(previewReaders),
  page: z.coerce.number().int().min(1).max(100),
  version,
})

/** The centre's surveys as families read them, to every supervisor; written by whoever may. */
export const registerAuthoring = (console: Console): void => {
  const { deps } = console
  const { database, region } = deps

  page(console, surveyPaths.authoring, { for: supervisors }, async (visit) => {
    const { staff, now } = visit
    const may = mayKeepSurveys(region, staff)
    const drafts = may ? await draftsOf(database, { staff, now }) : null
    return surveyListPage(visit, { surveys: await newestSurveys(database), drafts })
  })

  page(console, at, { for: supervisors, params, query }, async (visit) => {
    const { staff, query } = visit
    const versions = await surveyVersions(database, visit.params.survey)
    const asked = versions.find(({ survey }) => survey.version === query.version)
    if (query.version !== undefined && !asked) throw new DomainError('not-found')
    const authors = await namesOfStaff(
      database,
      versions.flatMap(({ staffId }) => staffId ?? []),
    )
    return versionPage(visit, {
      ...{ versions, one: asked ?? versions[0], authors, mayWrite: mayKeepSurveys(region, staff) },
      ...{ as: query.as ?? 'adult-ru', page: (query.page ?? 1) - 1 },
    })
  })

  page(console, `${at}/end`, { for: supervisors, params }, async (visit) => {
    mustKeepSurveys({ staff: visit.staff, region })
    const [newest] = await surveyVersions(database, visit.params.survey)
    if (newest.retiredAt !== null) throw new DomainError('not-found')
    return endSurveyPage(visit, newest)
  })

  form(
    console,
    `${at}/end`,
    { for: supervisors, params, confirmed: true },
    async (tx, { staff, now, params: { survey: code } }) => {
      await endSurvey(tx, { code, by: { staff, region }, now })
      return { to: `${surveyPaths.authoring}/${code}`, done: 'surveyEnded' }
    },
  )

  download(
    console,
    `${at}/faces/:question`,
    { for: supervisors, params: params.extend({ question: codeSchema }), query: z.object({ version }) },
    async (visit) => {
      const survey = await surveyShown(visit, visit.params.survey, visit.query.version)
      const question = survey.questions.find(({ code }) => code === visit.params.question)
      if (question?.kind !== 'scale') throw new DomainError('not-found')
      const { choices } = spokenQuestion(question, readerIn('minor-ru'))
      const { content } = facesPicture(choices.map(({ words }) => words))
      return { name: `${question.code}.png`, type: 'image/png', content }
    },
  )

  registerSurveyEditing(console)
}

/** A version; without its number what somebody is writing, and else the newest. Throws `not-found`. */
const surveyShown = async (
  { deps, staff, now }: Visit,
  code: string,
  number: number | undefined,
): Promise<Survey> => {
  const { database, region } = deps
  if (number === undefined && mayKeepSurveys(region, staff)) {
    const { ready } = checkTyped(await surveyToEdit(database, deps, { staff, code, now }))
    if (!ready) throw new DomainError('not-found')
    return ready.survey
  }
  const versions = await surveyVersions(database, code)
  const found = number === undefined ? versions[0] : versions.find(({ survey }) => survey.version === number)
  if (!found) throw new DomainError('not-found')
  return found.survey
}

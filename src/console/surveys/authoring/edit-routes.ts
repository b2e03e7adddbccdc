import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import {
  movedQuestion,
  questionTyped,
  withoutQuestion,
  withQuestion,
  withScale,
} from '#features/surveys/authoring/change-edited.ts'
import type { EditedSurvey } from '#features/surveys/authoring/edited-survey.ts'
import {
  beginSurvey,
  catchUpSurvey,
  checkTyped,
  discardTyped,
  keepTyped,
  publishTyped,
  surveyToEdit,
} from '#features/surveys/authoring/survey-editing.ts'
import { readyScale } from '#features/surveys/seed-surveys.ts'
import { scaleNames } from '#surveys/data.ts'
import { codeSchema } from '#surveys/schema.ts'
import { type Console, form, page } from '#console/routes.ts'
import type { Visit } from '#console/visit.ts'
import { surveyPaths } from '../tabs.ts'
import { surveyCheckPage } from './check-page.ts'
import { editFields, headTyped, questionIn } from './edit-fields.ts'
import { surveyEditPage } from './edit-page.ts'
import { faultPlace } from './fault-words.ts'
import { questionPage } from './question-page.ts'
import { previewReaders } from './survey-words.ts'

const supervisors = ['supervisor'] as const
const params = z.object({ survey: codeSchema })
const ofQuestion = params.extend({ question: codeSchema })
const root = surveyPaths.authoring
const at = `${root}/:survey` as const

/** A survey is typed over pages, kept as a draft, and published as a new version by a button of the page that shows it whole. */
export const registerSurveyEditing = (console: Console): void => {
  const { deps } = console
  const { database } = deps

  const editingOf = ({ staff, now }: Visit, code: string) =>
    surveyToEdit(database, deps, { staff, code, now })

  form(console, root, { for: supervisors }, async (tx, { staff, now }) => {
    const code = await beginSurvey(tx, deps, { staff, now })
    return { to: `${root}/${code}/edit` }
  })

  page(console, `${at}/edit`, { for: supervisors, params }, async (visit) =>
    surveyEditPage(visit, await editingOf(visit, visit.params.survey)),
  )

  form(
    console,
    `${at}/edit`,
    { for: supervisors, params, fields: editFields },
    async (tx, { staff, now, params: { survey: code }, fields }) => {
      const asked = { staff, code, now }
      const { edited: before, newest } = await surveyToEdit(tx, deps, asked)
      const taken = newest?.survey.questions.map((one) => one.code) ?? []
      const { edited, open } = acted(headTyped(before, fields), fields.act, taken)
      await keepTyped(tx, deps, { ...asked, edited })
      if (fields.act === 'check') return { to: `${root}/${code}/check` }
      const edit = `${root}/${code}/edit`
      return open === null ? { to: edit, done: 'surveyKept' } : { to: `${edit}/${open}` }
    },
  )

  page(
    console,
    `${at}/edit/:question`,
    { for: supervisors, params: ofQuestion, query: z.object({ checked: z.literal('1') }) },
    async (visit) => {
      const editing = await editingOf(visit, visit.params.survey)
      const { questions } = editing.edited
      const index = questions.findIndex(({ code }) => code === visit.params.question)
      const question = questions[index]
      if (!question) throw new DomainError('not-found')
      const places = visit.query.checked
        ? checkTyped(editing).faults.map((one) => faultPlace(visit.say, one))
        : []
      const faults = places.flatMap((one) => (one.question === index ? [one.words] : []))
      return questionPage(visit, { editing, question, faults })
    },
  )

  form(
    console,
    `${at}/edit/:question`,
    { for: supervisors, params: ofQuestion, fields: editFields },
    async (tx, { staff, now, params: { survey: code, question }, fields }) => {
      const asked = { staff, code, now }
      const { edited: before } = await surveyToEdit(tx, deps, asked)
      if (!before.questions.some((one) => one.code === question)) throw new DomainError('not-found')
      const own = questionIn({ code: question, questions: before.questions }, fields)
      const typed = questionTyped(before, question, own)
      const name = scaleNames.find((one) => fields.act === 'scale' && one === fields.ready)
      const edited = name ? withScale(typed, question, readyScale(deps.texts, name)) : typed
      await keepTyped(tx, deps, { ...asked, edited })
      const edit = `${root}/${code}/edit`
      if (fields.act !== 'save') return { to: `${edit}/${question}` }
      return { to: `${edit}#q-${question}`, done: 'surveyKept' }
    },
  )

  form(console, `${at}/discard`, { for: supervisors, params }, async (tx, { staff, now, params }) => {
    await discardTyped(tx, deps, { staff, code: params.survey, now })
    return { to: root, done: 'surveyDiscarded' }
  })

  form(console, `${at}/catch-up`, { for: supervisors, params }, async (tx, { staff, now, params }) => {
    await catchUpSurvey(tx, deps, { staff, code: params.survey, now })
    return { to: `${root}/${params.survey}/edit`, done: 'surveyCaughtUp' }
  })

  registerPublishing(console)
}

const registerPublishing = (console: Console): void => {
  const { deps } = console
  const { database } = deps
  const query = z.object({ as: z.enum(previewReaders), page: z.coerce.number().int().min(1).max(100) })

  page(console, `${at}/check`, { for: supervisors, params, query }, async (visit) => {
    const { staff, now, query } = visit
    const editing = await surveyToEdit(database, deps, { staff, code: visit.params.survey, now })
    const shown = { as: query.as ?? 'adult-ru', page: (query.page ?? 1) - 1 }
    return surveyCheckPage(visit, { check: checkTyped(editing), ...shown })
  })

  form(
    console,
    `${at}/publish`,
    {
      for: supervisors,
      params,
      confirmed: true,
      again: async ({ wrong: _, typed: __, ...visit }) => {
        const { staff, now, params } = visit
        const editing = await surveyToEdit(database, deps, { staff, code: params.survey, now })
        const problem = visit.say.label('consoleAuthoring.notPublished')
        return surveyCheckPage(visit, { check: checkTyped(editing), as: 'adult-ru', page: 0, problem })
      },
    },
    async (tx, { staff, now, params: { survey: code } }) => {
      const { survey } = await publishTyped(tx, deps, { staff, code, now })
      return { to: `${root}/${survey.code}`, done: 'surveyPublished' }
    },
  )
}

/** What the button does to the survey. `open`: the question whose own page is next. */
const acted = (
  survey: EditedSurvey,
  act: string,
  taken: readonly string[],
): { edited: EditedSurvey; open: string | null } => {
  const [what, code = ''] = act.split(':')
  if (what === 'up') return { edited: movedQuestion(survey, code, -1), open: null }
  if (what === 'down') return { edited: movedQuestion(survey, code, 1), open: null }
  if (what === 'remove') return { edited: withoutQuestion(survey, code), open: null }
  if (what === 'open' && survey.questions.some((one) => one.code === code))
    return { edited: survey, open: code }
  if (what !== 'add' || survey.questions.length >= mostTyped) return { edited: survey, open: null }
  const added = withQuestion(survey, taken)
  return { edited: added.survey, open: added.code }
}

/** A few more than a survey may have, so that one can be written before another is taken out. */
const mostTyped = 20

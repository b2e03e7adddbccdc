import { formatDayUntil } from '#core/dates.ts'
import { createCardBuilder } from '#dialogue/card-builder.ts'
import { checkView } from '#dialogue/surveys/survey-check-view.ts'
import { surveyQuestionView } from '#dialogue/surveys/survey-question-view.ts'
import { endView, invitationView, rescueView } from '#dialogue/surveys/survey-view.ts'
import type { View } from '#dialogue/view.ts'
import { longestAnswer } from '#features/surveys/answer-questions.ts'
import { minutesOf, spokenQuestion, wordsFor } from '#features/surveys/spoken-questions.ts'
import { html, type Markup } from '#http/markup.ts'
import type { Question, Survey } from '#surveys/schema.ts'
import { botCard } from '#console/bot-card.ts'
import { pagerOf } from '#console/pager.ts'
import type { Visit } from '#console/visit.ts'
import { conditionWords, type PreviewReader, readerIn, readersOf } from './survey-words.ts'

/** One card of the walk: what it is, and when it comes. */
type Step = { title: string; note: string | null; view: View; faces: string | null }

const stepsOnPage = 6
const dayMs = 24 * 60 * 60_000
/** For how long an invitation can be answered. */
const openDays = 14
const nobody = '00000000-0000-0000-0000-000000000000'

export type PreviewAsked = {
  survey: Survey
  as: PreviewReader
  /** From 0. */
  page: number
  /** The address under which the faces of a question are drawn; of this version, or of the draft. */
  faces: (question: string) => string
}

/** Every step of a survey as this reader sees it, drawn by the views of the bot, a page at a time. */
export const previewPart = (visit: Visit, { survey, as, page, faces }: PreviewAsked): Markup => {
  const { say } = visit
  const readers = readersOf(survey)
  const reader = readers.includes(as) ? as : (readers[0] ?? 'adult-ru')
  const steps = stepsOf(visit, { survey, as: reader, faces })
  const pages = Math.ceil(steps.length / stepsOnPage)
  const shown = Math.min(page, pages - 1)
  const links = readers.map((one) => {
    const url = new URL(visit.path, 'http://console')
    for (const name of ['page', 'done']) url.searchParams.delete(name)
    url.searchParams.set('as', one)
    return html`<li><a href="${url.pathname}${url.search}"${one === reader && html` aria-current="true"`}>${say.label(`consoleAuthoring.readers.${one}`)}</a></li>`
  })
  const drawn = steps
    .slice(shown * stepsOnPage, (shown + 1) * stepsOnPage)
    .map(
      ({ title, note, view, faces: address }) =>
        html`<li lang="${readerIn(reader).language}"><h3 lang="${say.language}">${title}</h3>${botCard(view, address === null ? null : { address, alt: say.label('consoleAuthoring.preview.faces') })}${note !== null && html`<p class="note" lang="${say.language}">${note}</p>`}</li>`,
    )
  return html`<section id="preview"><h2>${say.label('consoleAuthoring.preview.title')}</h2><p class="note">${say.label('consoleAuthoring.preview.how')}</p>
${readers.length > 1 && html`<nav class="tabs" aria-label="${say.label('consoleAuthoring.preview.whom')}"><ul>${links}</ul></nav>`}
<ol class="bot-steps">${drawn}</ol>${pagerOf(visit, { page: shown, pages })}</section>`
}

const stepsOf = (visit: Visit, { survey, as, faces }: Omit<PreviewAsked, 'page'>): Step[] => {
  const { say: own, deps, now } = visit
  const reader = readerIn(as)
  const say = deps.texts.for(reader.language, reader.minor ? 'minor' : 'adult')
  const builder = createCardBuilder(say, 0)
  const title = wordsFor(survey.title, reader)
  const { questions } = survey
  const until = new Date(now.getTime() + openDays * dayMs)
  const step = (name: string, view: View, note: string | null = null): Step => ({
    ...{ title: own.label(`consoleAuthoring.preview.steps.${name}`), note, view, faces: null },
  })
  const first = invitationView(builder, {
    ...{ invitationId: nobody, title, questions: questions.length, minutes: minutesOf(survey) },
    ...{ begun: false, left: questions.length },
    until: formatDayUntil(say, { instant: until, timeZone: deps.region.timeZone, now }),
  })
  const asked = questions.map((question, index): Step => {
    const view = surveyQuestionView(builder, {
      ...{ title, number: index + 1, total: questions.length, question: spokenQuestion(question, reader) },
      ...{ answer: null, ticked: [], picture: null, longest: longestAnswer },
    })
    return {
      title: own.label('consoleAuthoring.question', { number: index + 1 }),
      note: noteOf(visit, survey, question),
      view,
      // Faces are for minors; an adult reads words.
      faces: reader.minor && question.kind === 'scale' ? faces(question.code) : null,
    }
  })
  const check = checkView(builder, {
    items: questions.map((question) => ({ question: spokenQuestion(question, reader), answer: null })),
    ...{ contact: false, offersRescue: false, page: 0 },
  })
  const end = endView(builder, {
    ...{ how: 'finished', off: false, begun: true, contact: false, rescueUntil: null },
    organisation: deps.organisation(),
  })
  const offered = questions.some(({ rescue }) => rescue !== undefined)
  return [
    step('invitation', first),
    ...asked,
    ...(offered
      ? [step('rescue', rescueView(builder), own.label('consoleAuthoring.preview.rescueOnce'))]
      : []),
    step('check', check),
    step('end', end),
  ]
}

const noteOf = ({ say }: Visit, survey: Survey, { showIf, rescue, required }: Question): string | null => {
  const parts = [
    showIf &&
      say.label('consoleAuthoring.preview.shownIf', { condition: conditionWords(say, survey, showIf) }),
    required && say.label('consoleAuthoring.preview.required'),
    rescue && say.label('consoleAuthoring.preview.rescues'),
  ].filter((one) => typeof one === 'string')
  return parts.length > 0 ? parts.join(' ') : null
}

import type { SurveyCheck } from '#features/surveys/authoring/survey-editing.ts'
import { html, type Markup } from '#http/markup.ts'
import type { Survey } from '#surveys/schema.ts'
import { formTo } from '#console/form-markup.ts'
import type { Page, Visit } from '#console/visit.ts'
import { surveyPaths } from '../tabs.ts'
import { nameOfEdited } from './edit-page.ts'
import { faultPlace } from './fault-words.ts'
import { previewPart } from './preview.ts'
import { aboutSurvey, inWords, type PreviewReader } from './survey-words.ts'

/** What publishing would do, with the survey as families will read it; or all that is wrong. Nothing is published without this page. */
export const surveyCheckPage = (
  visit: Visit,
  { check, as, page, problem }: { check: SurveyCheck; as: PreviewReader; page: number; problem?: string },
): Page => {
  const { say } = visit
  const { editing, faults, ready } = check
  const at = `${surveyPaths.authoring}/${editing.code}`
  const title = say.label('consoleAuthoring.checking', { title: nameOfEdited(visit, editing) })
  const back = html`<a class="next" href="${at}/edit">${say.label('consoleAuthoring.backToSurvey')}</a>`
  const wrong = html`<section><p>${say.label('consoleAuthoring.wrong')}</p><ul>${faults.map((one) => faultLine(visit, check, one))}</ul><div class="actions">${back}</div></section>`
  const body = html`<h1>${title}</h1>
${problem !== undefined && html`<div class="problem" role="alert"><p>${problem}</p></div>`}
${ready ? html`${readyPart(visit, check, ready, back)}${previewPart(visit, { survey: ready.survey, as, page, faces: (question) => `${at}/faces/${question}` })}` : wrong}`
  return { title, section: 'surveys', body }
}

const faultLine = (
  { say }: Visit,
  { editing }: SurveyCheck,
  fault: SurveyCheck['faults'][number],
): Markup => {
  const { question, words } = faultPlace(say, fault)
  const edit = `${surveyPaths.authoring}/${editing.code}/edit`
  const one = question === null ? undefined : editing.edited.questions[question]
  if (!one || question === null) return html`<li><a href="${edit}">${words}</a></li>`
  const where = say.label('consoleAuthoring.question', { number: question + 1 })
  return html`<li><a href="${edit}/${one.code}?checked=1">${where}</a>: ${words}</li>`
}

const readyPart = (
  visit: Visit,
  { editing }: SurveyCheck,
  { survey, seconds, same }: NonNullable<SurveyCheck['ready']>,
  back: Markup,
): Markup => {
  const { say } = visit
  const { newest, isBehind, isDraft, code } = editing
  const about = html`<p>${aboutSurvey(say, survey)} · ${say.label('consoleAuthoring.seconds', { count: seconds })}</p>`
  if (!isDraft || (same && newest?.retiredAt === null))
    return html`<section>${about}<p>${say.label('consoleAuthoring.same')}</p><div class="actions">${back}</div></section>`
  if (isBehind && newest)
    return html`<section>${about}<p>${say.label('consoleAuthoring.behind', { version: newest.survey.version })}</p><div class="actions">${formTo(visit, `${surveyPaths.authoring}/${code}/catch-up`, html`<button>${say.label('consoleAuthoring.catchUp')}</button>`)}${back}</div></section>`
  const button = html`<button>${say.label('consoleAuthoring.publish')}</button>`
  return html`<section>${about}${newest ? changesOf(visit, survey, newest.survey) : html`<p>${say.label('consoleAuthoring.firstVersion')}</p>`}
<p>${say.label('consoleAuthoring.publishWhat')}</p><div class="actions">${formTo(visit, `${surveyPaths.authoring}/${code}/publish`, button)}${back}</div></section>`
}

/** Which results begin anew, which go on, and what is asked no more. */
const changesOf = ({ say }: Visit, survey: Survey, previous: Survey): Markup => {
  const anew = survey.questions.filter(({ since }) => since === survey.version)
  const gone = previous.questions.filter(({ code }) => !survey.questions.some((one) => one.code === code))
  const list = (key: 'anew' | 'gone', questions: Survey['questions']) =>
    questions.length > 0 &&
    html`<p>${say.label(`consoleAuthoring.results.${key}`)}</p><ul>${questions.map(({ words }) => html`<li>${inWords(say, words)}</li>`)}</ul>`
  const going = survey.questions.length - anew.length
  return html`${list('anew', anew)}${list('gone', gone)}${going > 0 && html`<p>${say.label('consoleAuthoring.results.goOn', { count: going })}</p>`}`
}

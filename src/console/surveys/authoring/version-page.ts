import { secondsOf } from '#features/surveys/estimated-time.ts'
import { html, type Markup } from '#http/markup.ts'
import type { StoredSurvey } from '#storage/surveys/surveys.ts'
import { formTo } from '#console/form-markup.ts'
import type { Page, Visit } from '#console/visit.ts'
import { dayWord } from '#console/words.ts'
import { surveyPaths } from '../tabs.ts'
import { previewPart } from './preview.ts'
import { aboutSurvey, inWords, type PreviewReader } from './survey-words.ts'

type Shown = {
  /** Newest first. */
  versions: readonly [StoredSurvey, ...StoredSurvey[]]
  /** The one that is shown. */
  one: StoredSurvey
  /** Names of whoever published versions in the console, by id. */
  authors: ReadonlyMap<string, string>
  mayWrite: boolean
  as: PreviewReader
  page: number
}

const back = ({ say }: Visit): Markup =>
  html`<p><a href="${surveyPaths.authoring}">${say.label('consoleAuthoring.title')}</a></p>`

/** A survey in one of its versions, as families read it. */
export const versionPage = (visit: Visit, shown: Shown): Page => {
  const { say } = visit
  const { versions, one, mayWrite, as, page } = shown
  const { survey, retiredAt } = one
  const at = `${surveyPaths.authoring}/${survey.code}`
  const title = inWords(say, survey.title)
  const [newest] = versions
  const seconds = secondsOf(survey.questions)
  const acts =
    mayWrite &&
    html`<div class="actions"><a class="next strong" href="${at}/edit">${say.label('consoleAuthoring.change')}</a>${newest.retiredAt === null && html`<a class="next" href="${at}/end">${say.label('consoleAuthoring.end')}</a>`}</div>`
  const body = html`${back(visit)}<h1>${title}</h1>
<p>${say.label('consoleAuthoring.version', { version: survey.version })} · ${aboutSurvey(say, survey)} · ${say.label('consoleAuthoring.seconds', { count: seconds })}${retiredAt && html` <span class="state">${say.label('consoleSettings.surveys.retired')}</span>`}</p>
${acts}
${previewPart(visit, { survey, as, page, faces: (question) => `${at}/faces/${question}?version=${survey.version}` })}
<section><h2>${say.label('consoleAuthoring.versions')}</h2><p class="note">${say.label('consoleAuthoring.versionsHow')}</p><ul class="rows">${versions.map((version) => versionRow(visit, shown, version))}</ul></section>`
  return { title, section: 'surveys', body }
}

const versionRow = (visit: Visit, { one, authors }: Shown, version: StoredSurvey): Markup => {
  const { say } = visit
  const { survey, publishedAt, staffId, apiKeyId } = version
  const who =
    staffId !== null
      ? (authors.get(staffId) ?? say.label('consoleAuthoring.by.staff'))
      : say.label(`consoleAuthoring.by.${apiKeyId === null ? 'product' : 'system'}`)
  const name = say.label('consoleAuthoring.version', { version: survey.version })
  const here = survey.version === one.survey.version
  return html`<li class="row"><p><b>${name}</b><br><span class="why">${dayWord(visit, publishedAt)} · ${who}</span></p>${here ? html`<span class="note">${say.label('consoleAuthoring.shown')}</span>` : html`<a class="next" href="${surveyPaths.authoring}/${survey.code}?version=${survey.version}">${say.label('consoleAuthoring.look')}<span class="hidden">: ${name}</span></a>`}</li>`
}

/** Asks before a survey is ended. */
export const endSurveyPage = (visit: Visit, { survey }: StoredSurvey): Page => {
  const { say } = visit
  const at = `${surveyPaths.authoring}/${survey.code}`
  const title = say.label('consoleAuthoring.endOf', { title: inWords(say, survey.title) })
  const button = html`<button class="danger">${say.label('consoleAuthoring.endYes')}</button>`
  const body = html`${back(visit)}<h1>${title}</h1><section><p>${say.label('consoleAuthoring.endWhat')}</p><div class="actions">${formTo(visit, `${at}/end`, button)}<a class="next" href="${at}">${say.label('consoleAuthoring.keep')}</a></div></section>`
  return { title, section: 'surveys', body }
}

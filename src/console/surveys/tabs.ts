import type { Say } from '#core/text.ts'
import { html, type Markup } from '#http/markup.ts'

/** A part of the results: pages stay small, however much was asked. */
export const resultParts = ['results', 'questions', 'groups'] as const
export type ResultPart = (typeof resultParts)[number]

/** The parts of «Опросы», each a page. */
export const surveyPaths = {
  results: '/console/surveys',
  questions: '/console/surveys/questions',
  groups: '/console/surveys/groups',
  told: '/console/surveys/told',
  authoring: '/console/surveys/authoring',
} as const

export const surveyTabs = (say: Say, here: keyof typeof surveyPaths): Markup => {
  const links = Object.entries(surveyPaths).map(
    ([name, path]) =>
      html`<li><a href="${path}"${name === here ? html` aria-current="page"` : null}>${say.label(`consoleSurveys.tabs.${name}`)}</a></li>`,
  )
  return html`<nav class="tabs" aria-label="${say.label('consoleSurveys.tabs.label')}"><ul>${links}</ul></nav>`
}

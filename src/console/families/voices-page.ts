import type { StaffOpinion } from '#features/plan/opinions-for-staff.ts'
import type { SentSurvey } from '#features/surveys/surveys-of-family.ts'
import { html, type Markup } from '#http/markup.ts'
import { tableOf } from '../table-markup.ts'
import type { Page, Visit } from '../visit.ts'
import { dayWord } from '../words.ts'
import { type FamilyOpen, familyPage } from './family-frame.ts'

/** As many as fit on a page; who reads more of them reads them in the plan, activity by activity. */
const most = 40
const longest = 300

type Facts = {
  opinions: readonly StaffOpinion[]
  surveys: readonly SentSurvey[]
  /** By code and version. */
  titles: ReadonlyMap<string, string>
}

/** What the family thinks of its plan, and which surveys it was sent; never an answer to one. */
export const voicesPage = (visit: Visit, open: FamilyOpen, { opinions, surveys, titles }: Facts): Page => {
  const { say } = visit
  const said = opinions.slice(0, most).map((one) => opinionOf(visit, one))
  const sent = surveys.map(({ code, version, role, invitedAt, status }) => {
    const who = role === null ? say.label('staffPlan.roles.gone') : say.label(`caseload.roles.${role}`)
    const state = status === null ? 'sent' : `states.${status}`
    return [
      dayWord(visit, invitedAt),
      titles.get(`${code}.${version}`) ?? code,
      who,
      say.label(`consoleFamilies.voices.${state}`),
    ]
  })
  const heads = ['day', 'survey', 'whom', 'state'].map((one) => say.label(`consoleFamilies.voices.${one}`))
  return familyPage(visit, open, {
    tab: 'voices',
    body: html`<section><h2>${say.label('consoleFamilies.voices.opinions')}</h2>
${said.length === 0 ? html`<p>${say.label('staffPlan.silent')}</p>` : html`<ul class="lines">${said}</ul>`}</section>
<section><h2>${say.label('consoleFamilies.voices.surveys')}</h2><p class="note">${say.label('consoleFamilies.voices.noAnswers')}</p>
${sent.length === 0 ? html`<p>${say.label('consoleFamilies.voices.none')}</p>` : tableOf({ heads, rows: sent })}</section>`,
  })
}

const opinionOf = (visit: Visit, { author, kind, words, activity, at }: StaffOpinion): Markup => {
  const { say } = visit
  const shown = words !== null && words.length > longest ? `${[...words].slice(0, longest).join('')}…` : words
  const weighs = kind === 'question' || kind === 'disagree' || kind === 'unclear'
  const spoken = say.label(`staffPlan.kinds.${kind}`)
  return html`<li><p class="why"><b>${say.label(`staffPlan.roles.${author}`)}</b>, ${dayWord(visit, at)}: ${weighs ? html`<b>${spoken}</b>` : spoken}${activity !== null && html` · ${activity}`}</p>${shown !== null && html`<blockquote>${shown}</blockquote>`}</li>`
}

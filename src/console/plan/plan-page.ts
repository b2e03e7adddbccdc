import { plainDay } from '#dialogue/plan/plan-words-view.ts'
import type { HelpResultCode } from '#regions/registers/register.ts'
import type { ProposalForStaff } from '#features/plan/answer-proposals.ts'
import type { OpenPlan } from '#features/plan/open-plan.ts'
import type { OpinionBeside } from '#features/plan/opinions-beside.ts'
import type { Tracked } from '#features/plan/progress.ts'
import { html, type Markup } from '#http/markup.ts'
import { type FamilyOpen, familyPage } from '../families/family-frame.ts'
import { pagerOf } from '../pager.ts'
import type { Page, Visit } from '../visit.ts'
import { proposalsPart } from './proposals-part.ts'
import { circumstances, opinionLine, planPath } from './plan-words.ts'

const rowsShown = 30

export type PlanFacts = FamilyOpen & {
  plan: OpenPlan | null
  /** The reader is in charge: they write it, and mark what took place. */
  mayEdit: boolean
  opinions: ReadonlyMap<string, OpinionBeside[]>
  /** Ids of activities that wait for a mark. */
  waiting: ReadonlySet<string>
  proposals: readonly ProposalForStaff[]
  /** Codes of activities in the reader's draft. */
  drafted: ReadonlySet<string>
  /** What came of each activity, by its id, for whoever is in charge. */
  results: ReadonlyMap<string, HelpResultCode | null>
  page: number
}

/** A family's plan: each activity as it is written, and beside it as the family reads it. */
export const planPage = (visit: Visit, facts: PlanFacts): Page => {
  const { say } = visit
  const { family, plan, mayEdit } = facts
  const path = planPath(family.id)
  const acts = html`<div class="actions">${mayEdit && html`<a class="next main" href="${path}/edit">${say.label(plan ? 'consolePlan.edit' : 'consolePlan.begin')}</a><a class="next" href="${path}/file">${say.label('consolePlan.upload')}</a>`}${plan && html`<a class="next" href="${path}/workbook" download>${say.label('consolePlan.download')}</a>`}</div>`
  // What waits for an answer comes before a long table.
  const waits = mayEdit && facts.proposals.some(({ answer }) => answer === null)
  const proposed = proposalsPart(visit, facts)
  const body = html`${waits && proposed}${plan ? contents(visit, { ...facts, plan }, acts) : html`<section><p>${say.label('consolePlan.none')}</p>${acts}</section>`}
${!waits && proposed}`
  return familyPage(visit, facts, { tab: 'plan', body })
}

const contents = (visit: Visit, facts: PlanFacts & { plan: OpenPlan }, acts: Markup): Markup => {
  const { say, now } = visit
  const { plan, page } = facts
  const { level, from, until, goal, tasks, results } = plan.document
  const lines = (all: readonly string[]) => html`<ul>${all.map((one) => html`<li>${one}</li>`)}</ul>`
  const shown = plan.activities.slice(page * rowsShown, (page + 1) * rowsShown)
  const heads = ['title', 'plain', 'when', 'opinions', 'state'].map(
    (one) => html`<th scope="col">${say.label(`consolePlan.heads.${one}`)}</th>`,
  )
  const name = say.label('spreadsheet.sheets.activities')
  return html`<section><p>${say.label('consolePlan.version', { version: plan.version })} · ${say.label(`planPdf.levels.${level}`)} · ${say.label('plan.period', { from: plainDay(say, from, now), until: plainDay(say, until, now) })}</p>
<dl class="facts"><dt>${say.label('spreadsheet.fields.goal')}</dt><dd>${goal}</dd><dt>${say.label('spreadsheet.fields.tasks')}</dt><dd>${lines(tasks)}</dd><dt>${say.label('spreadsheet.fields.results')}</dt><dd>${lines(results)}</dd></dl>${acts}</section>
<section><h2>${name}</h2><div class="wide" role="region" aria-label="${name}" tabindex="0"><table class="plan"><thead><tr>${heads}</tr></thead><tbody>${shown.map((one) => row(visit, facts, one))}</tbody></table></div>
${pagerOf(visit, { page, pages: Math.ceil(plan.activities.length / rowsShown) })}</section>`
}

const row = (visit: Visit, { family, opinions, waiting, results }: PlanFacts, activity: Tracked): Markup => {
  const { say, now } = visit
  const said = opinions.get(activity.id) ?? []
  const waits = waiting.has(activity.id)
  const state = say.label(`consolePlan.states.${activity.status}`)
  const result = results.get(activity.id)
  const words = say.label(waits ? 'consolePlan.mark' : 'consolePlan.about')
  const href = `/console/families/${family.id}/activities/${activity.id}`
  const cell = (head: string) => html` data-label="${say.label(`consolePlan.heads.${head}`)}"`
  return html`<tr><th scope="row"${cell('title')}>${activity.title}</th><td class="twin"${cell('plain')}>${activity.plain}</td><td${cell('when')}>${circumstances(say, activity, now)}</td><td${cell('opinions')}>${said.length === 0 ? '–' : said.map((one) => opinionLine(say, one))}</td><td${cell('state')}>${state}${result && html`<br><span class="why">${say.label(`registers.resultOf.${result}`)}</span>`}<br><a href="${href}">${words}<span class="hidden">: ${activity.title}</span></a></td></tr>`
}

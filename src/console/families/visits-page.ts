import { cadenceKeptText } from '#dialogue/visits/cadence-view.ts'
import type { CadenceKept } from '#features/visits/cadence-parts.ts'
import { html, type Markup } from '#http/markup.ts'
import type { Visit as FamilyVisit } from '#storage/visits/visits.ts'
import { pagerOf } from '../pager.ts'
import type { Page, Visit } from '../visit.ts'
import { momentWord } from '../words.ts'
import { type FamilyOpen, familyPage } from './family-frame.ts'

type Facts = {
  items: readonly FamilyVisit[]
  page: number
  more: boolean
  /** Null: nothing is asked for. */
  cadence: CadenceKept | null
  names: ReadonlyMap<string, string>
}

/** The visits of a family since last month, and how its level's cadence is kept. */
export const visitsPage = (visit: Visit, open: FamilyOpen, facts: Facts): Page => {
  const { say, deps, now } = visit
  const { items, page, more, cadence, names } = facts
  const { family } = open
  const kept = cadence && cadenceKeptText(say, cadence, { timeZone: deps.region.timeZone, now })
  const rows = items.map((one) => rowOf(visit, one, names))
  const head = ['when', 'what', 'who', 'state'].map(
    (one) => html`<th scope="col">${say.label(`consoleVisits.list.${one}`)}</th>`,
  )
  return familyPage(visit, open, {
    tab: 'visits',
    body: html`${kept && html`<p class="said">${{ markup: kept.replaceAll('\n', '<br>') }}</p>`}
${family.status === 'active' && html`<p><a class="next" href="/console/families/${family.id}/visits/new">${say.label('consoleFamilies.acts.visit')}</a></p>`}
${items.length === 0 ? html`<p>${say.label('staffVisit.familyNone')}</p>` : html`<section class="wide"><table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></section>`}
${pagerOf(visit, { page, pages: page + (more ? 2 : 1) })}`,
  })
}

const rowOf = (visit: Visit, one: FamilyVisit, names: ReadonlyMap<string, string>): Markup => {
  const { say, now } = visit
  const unmarked = one.status === 'planned' && one.endsAt <= now
  const state = unmarked
    ? say.label('consoleVisits.list.unmarked')
    : say.label(`staffVisit.status.${one.status}`)
  const apart =
    one.audience === 'confidential' &&
    html`<br><b class="urgent">${say.label('consoleVisits.confidential')}</b>`
  return html`<tr><td><a href="/console/visits/${one.id}">${momentWord(visit, one.startsAt)}</a></td><td>${say.label(`planVisit.purposes.${one.purpose}`)}${apart}</td><td>${names.get(one.staffId) ?? ''}</td><td>${unmarked ? html`<b>${state}</b>` : state}</td></tr>`
}

import { cadenceKeptText } from '#dialogue/visits/cadence-view.ts'
import type { CadenceKept } from '#features/visits/cadence-parts.ts'
import { html } from '#http/markup.ts'
import type { Visit as FamilyVisit } from '#storage/visits/visits.ts'
import { pagerOf } from '../pager.ts'
import { tableOf } from '../table-markup.ts'
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
  const heads = ['when', 'what', 'who', 'state'].map((one) => say.label(`consoleVisits.list.${one}`))
  return familyPage(visit, open, {
    tab: 'visits',
    body: html`${kept && html`<p class="said">${{ markup: kept.replaceAll('\n', '<br>') }}</p>`}
${family.status === 'active' && html`<p><a class="next" href="/console/families/${family.id}/visits/new">${say.label('consoleFamilies.acts.visit')}</a></p>`}
${items.length === 0 ? html`<p>${say.label('staffVisit.familyNone')}</p>` : html`<section>${tableOf({ heads, rows })}</section>`}
${pagerOf(visit, { page, pages: page + (more ? 2 : 1) })}`,
  })
}

const rowOf = (visit: Visit, one: FamilyVisit, names: ReadonlyMap<string, string>) => {
  const { say, now } = visit
  const unmarked = one.status === 'planned' && one.endsAt <= now
  const state = unmarked
    ? say.label('consoleVisits.list.unmarked')
    : say.label(`staffVisit.status.${one.status}`)
  const apart =
    one.audience === 'confidential' &&
    html`<br><b class="urgent">${say.label('consoleVisits.confidential')}</b>`
  return [
    html`<a href="/console/visits/${one.id}">${momentWord(visit, one.startsAt)}</a>`,
    html`${say.label(`planVisit.purposes.${one.purpose}`)}${apart}`,
    names.get(one.staffId),
    unmarked ? html`<b>${state}</b>` : state,
  ]
}

import { formatDay } from '#core/dates.ts'
import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import { stateOfIncoming } from '#features/incoming/incoming.ts'
import { html, type Markup } from '#http/markup.ts'
import type { StoredIncoming } from '#storage/incoming/incoming.ts'
import { type FamilyOpen, familyPage } from '../families/family-frame.ts'
import type { Page, Visit } from '../visit.ts'

type Listed = {
  items: readonly StoredIncoming[]
  /** The number after which the following page begins. */
  next: number | null
  /** It is the first page. */
  begun: boolean
}

/** Messages of which nothing became yet, newest first, without their words. */
export const incomingListPage = (visit: Visit, { items, next, begun }: Listed): Page => {
  const { say } = visit
  const title = say.label('consoleIncoming.title')
  const turns = html`<nav class="pager" aria-label="${say.label('console.pages')}">${!begun && html`<a href="/console/incoming">${say.label('consoleIncoming.newest')}</a>`}${next !== null && html`<a href="/console/incoming?after=${next}">${say.label('console.later')}</a>`}</nav>`
  const body = html`<p class="note crumb"><a href="/console/requests">${say.label('console.sections.requests')}</a></p>
<div class="heading"><h1>${title}</h1><a class="next" href="/console/requests/new?as=message">${say.label('incoming.newButton')}</a></div>
<p class="note">${say.label('consoleIncoming.about')}</p>
${items.length === 0 ? html`<p class="none">${say.label('consoleIncoming.none')}</p>` : html`<ul class="rows">${items.map((one) => rowOf(visit, one))}</ul>`}
${(next !== null || !begun) && turns}`
  return { title, section: 'requests', live: true, body }
}

/** What was told of one family, with what became of each. */
export const incomingOfFamilyPage = (
  visit: Visit,
  open: FamilyOpen,
  items: readonly StoredIncoming[],
): Page => {
  const { say } = visit
  const rows = html`<ul class="rows">${items.map((one) => rowOf(visit, one))}</ul>`
  return familyPage(visit, open, {
    tab: 'case',
    heading: say.label('incoming.ofFamilyButton'),
    body: html`<section><p class="note">${say.label('incoming.neverShown')}</p>${items.length === 0 ? html`<p>${say.label('consoleIncoming.noneOfFamily')}</p>` : rows}</section>`,
  })
}

/** One message, without its words. */
export const rowOf = (visit: Visit, one: StoredIncoming): Markup => {
  const { say, deps, now } = visit
  const { code } = deps.region
  const facts = [
    optionLabel(say, code, 'sources', one.source),
    optionLabel(say, code, 'territory', one.territory),
    formatDay(say, { instant: one.receivedOn, timeZone: 'UTC', now }),
  ]
  const refuted = stateOfIncoming(one.steps).unconfirmed !== null
  return html`<li class="row"><p>${one.urgent && html`<b class="urgent">${say.label('console.urgent')}</b> `}<b>${say.label('consoleIncoming.one', { number: one.number })}</b><br><span class="why">${facts.join(' · ')}${refuted && html` · ${say.label('consoleIncoming.refuted')}`}</span></p>
<a class="next" href="/console/incoming/${one.id}">${say.label('consoleIncoming.open')}<span class="hidden"> ${one.number}</span></a></li>`
}

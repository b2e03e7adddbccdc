import { formatDay } from '#core/dates.ts'
import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import type { IncomingDetails } from '#features/incoming/incoming-api.ts'
import { stateOfIncoming } from '#features/incoming/incoming.ts'
import { longestUnconfirmed } from '#features/incoming/settle-incoming.ts'
import { html, type Markup } from '#http/markup.ts'
import type { Family } from '#storage/families/families.ts'
import { type FamilyOpen, warnings } from '../families/family-frame.ts'
import { formTo } from '../form-markup.ts'
import type { Page, Visit } from '../visit.ts'

type Facts = IncomingDetails & {
  family: Family | null
  /** Null: there is no family yet, or the reader may not open it. */
  open: FamilyOpen | null
  typed: { number: string; reason: string }
  wrong: 'noFamily' | 'tooLong' | null
}

/** One message with its words, and what staff say of it: whose it is, or that it was not confirmed. */
export const incomingPage = (visit: Visit, facts: Facts): Page => {
  const { say, staff, deps, now } = visit
  const { incoming, content, family, open, unconfirmed, wrong } = facts
  const { code } = deps.region
  const { requestId } = stateOfIncoming(incoming.steps)
  const title = say.label('consoleIncoming.one', { number: incoming.number })
  const back =
    staff.role === 'curator'
      ? null
      : html`<p class="note crumb"><a href="/console/incoming">${say.label('consoleIncoming.title')}</a></p>`
  const number = family && say.label('console.familyNumber', { number: family.number })
  const rows: (readonly [string, Markup | string] | false | null)[] = [
    ['source', optionLabel(say, code, 'sources', incoming.source)],
    ['day', formatDay(say, { instant: incoming.receivedOn, timeZone: 'UTC', now })],
    ['territory', optionLabel(say, code, 'territory', incoming.territory)],
    ['from', html`${content.from}`],
    number !== null && [
      'family',
      open ? html`<a href="/console/families/${open.family.id}">${number}</a>` : number,
    ],
    requestId !== null && [
      'request',
      staff.role === 'curator'
        ? say.label('consoleIncoming.applied')
        : html`<a href="/console/requests/${requestId}">${say.label('consoleIncoming.applied')}</a>`,
    ],
    unconfirmed !== null && ['refuted', unconfirmed],
  ]
  const body = html`${back}<h1>${title}</h1>${incoming.urgent && html`<p><b class="urgent">${say.label('console.urgent')}</b></p>`}
${open && warnings(visit, open.safety)}
${wrong !== null && html`<p class="wrong" role="alert">${say.label(`incoming.problems.${wrong}`)}</p>`}
<section><dl class="facts">${rows.map((row) => row && html`<dt>${say.label(`consoleIncoming.facts.${row[0]}`)}</dt><dd>${row[1]}</dd>`)}</dl>
<h2>${say.label('consoleIncoming.words')}</h2><blockquote>${content.words}</blockquote><p class="note">${say.label('incoming.neverShown')} ${say.label('consoleIncoming.noTerms')}</p></section>
${settling(visit, facts)}`
  // What a refused form comes back as has no address to be fetched from.
  const live = wrong === null && ({ live: true } as const)
  return { title, section: staff.role === 'curator' ? 'families' : 'requests', ...live, body }
}

/** The two answers; a later one takes the place of the first. */
const settling = (visit: Visit, { incoming, family, unconfirmed, typed }: Facts): Markup => {
  const { say } = visit
  const base = `/console/incoming/${incoming.id}`
  const toFamily = html`<label for="number">${say.label('consoleIncoming.number')}</label><input id="number" name="number" inputmode="numeric" maxlength="9" autocomplete="off" value="${typed.number}" required>
<p class="note">${say.label('consoleIncoming.numberMeans')}</p><button>${say.label('consoleIncoming.link')}</button>`
  const refute = html`<label for="reason">${say.label('consoleIncoming.reason')}</label><textarea id="reason" name="reason" rows="2" maxlength="${longestUnconfirmed}" required>${typed.reason}</textarea>
<p class="note">${say.label('consoleIncoming.reasonMeans')}</p><button class="quiet">${say.label('incoming.refute')}</button>`
  return html`<section><h2>${say.label(family ? 'incoming.otherFamily' : 'incoming.toFamily')}</h2>${formTo(visit, `${base}/family`, toFamily, { class: 'narrow' })}</section>
${unconfirmed === null && html`<section><h2>${say.label('incoming.refute')}</h2>${formTo(visit, `${base}/refute`, refute, { draft: `incoming-${incoming.id}` })}</section>`}`
}

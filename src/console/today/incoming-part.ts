import type { DayAtDesk } from '#features/worklist/day-at-desk.ts'
import { html, type Markup } from '#http/markup.ts'
import { rowOf } from '../incoming/incoming-list-page.ts'
import type { Visit } from '../visit.ts'

/** What others told of families, which waits for somebody to say what becomes of it. */
export const incomingPart = (visit: Visit, { items, more }: DayAtDesk['incoming']): Markup | null =>
  items.length === 0
    ? null
    : html`<section id="incoming"><h2>${visit.say.label('consoleIncoming.today')}</h2>
<ul class="rows">${items.map((one) => rowOf(visit, one))}</ul>
${more && html`<p><a href="/console/incoming">${visit.say.label('consoleIncoming.all')}</a></p>`}</section>`

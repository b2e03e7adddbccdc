import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import { html, type Markup } from '#http/markup.ts'
import type { Visit } from '../visit.ts'

/** Families behind a figure; `count`: how much of it each is, where that may be more than one. */
export const familyRows = (
  { say, deps }: Visit,
  families: readonly { id: string; number: number; territory: string; count?: number }[],
): Markup =>
  html`<ul class="rows">${families.map(
    ({ id, number, territory, count = 1 }) =>
      html`<li class="row"><p><a href="/console/families/${id}">${say.label('console.familyNumber', { number })}</a> · ${optionLabel(say, deps.region.code, 'territory', territory)}</p>${count > 1 && html`<p class="note">${say.label('consoleReports.times', { count })}</p>`}</li>`,
  )}</ul>`

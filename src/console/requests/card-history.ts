import { formatDay, formatTime } from '#core/dates.ts'
import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import type { CaseStep } from '#features/requests/case-history.ts'
import { html, type Markup } from '#http/markup.ts'
import type { Visit } from '../visit.ts'

/** So many steps are shown; a request seldom has more. */
const mostSteps = 60

/** What happened, the newest first. */
export const historyMarkup = (visit: Visit, history: readonly CaseStep[]): Markup | null => {
  const { say } = visit
  if (history.length === 0) return null
  return html`<section id="history"><h2>${say.label('consoleRequests.history')}</h2><ol class="steps">${history.slice(0, mostSteps).map((step) => stepOf(visit, step))}</ol></section>`
}

const stepOf = ({ say, deps, now }: Visit, { at, kind, detail, name, bySystem }: CaseStep): Markup => {
  const { region } = deps
  const when = `${formatDay(say, { instant: at, timeZone: region.timeZone, now })}, ${formatTime(at, region.timeZone)}`
  const what = detailOf(say, region.code, kind, detail)
  const who = name ?? (bySystem ? say.label('consoleRequests.otherSystem') : null)
  return html`<li><span class="note">${when}</span> ${say.label(`consoleRequests.steps.${kind}`)}${what !== null && html`: ${what}`}${who !== null && html` · ${who}`}</li>`
}

const detailOf = (say: Visit['say'], region: string, kind: CaseStep['kind'], detail: string | null) => {
  if (detail === null) return null
  if (kind === 'stage') return optionLabel(say, region, 'stages', detail)
  if (kind === 'merged' || kind === 'duplicate' || kind === 'separated') return detail
  if (kind === 'closed') return knownLabel(say, `decide.outcomes.${detail}`)
  return kind === 'safety-checked' ? knownLabel(say, `case.checkOutcomes.${detail}`) : null
}

const knownLabel = (say: Visit['say'], key: string): string | null => (say.has(key) ? say.label(key) : null)

import { formatTime } from '#core/dates.ts'
import { cadenceLine } from '#dialogue/visits/staff-plan-visit-view.ts'
import { capital, slotMoment, spokenMoment } from '#dialogue/visits/visit-words-view.ts'
import { isAtNight } from '#features/visits/night-visit.ts'
import type { MomentFacts } from '#features/visits/plan-for-staff.ts'
import { html, type Markup } from '#http/markup.ts'
import type { Visit } from '../visit.ts'

export type Moment = { at: Date; facts: MomentFacts }

/** The moments that are about to be saved, each with what speaks against it; none of it forbids it. */
export const momentPart = (visit: Visit, moments: readonly Moment[]): Markup => {
  const { say, deps, now } = visit
  const { timeZone } = deps.region
  const rows = moments.map(({ at, facts }) => {
    const warned = warningsOf(visit, at, facts)
    return html`<li><b>${capital(spokenMoment({ say, timeZone, now }, at))}</b>${warned.length > 0 && html`<ul>${warned.map((one) => html`<li class="clash">${one}</li>`)}</ul>`}</li>`
  })
  const cadence = moments[0] && cadenceLine({ say }, moments[0].facts.cadence)
  return html`<ol class="moments">${rows}</ol>${cadence !== undefined && html`<p class="note">${{ markup: cadence }}</p>`}`
}

const warningsOf = ({ say, deps }: Visit, at: Date, facts: MomentFacts): string[] => {
  const { timeZone } = deps.region
  const spoken = ({ startsAt, endsAt, familyNumber }: MomentFacts['overlaps'][number]) => ({
    from: formatTime(startsAt, timeZone),
    until: formatTime(endsAt, timeZone),
    number: familyNumber,
  })
  return [
    ...facts.overlaps.map((one) => say.label('consoleVisits.clash.overlap', spoken(one))),
    ...facts.close.map((one) => say.label('consoleVisits.clash.travel', spoken(one))),
    ...(facts.away ? [say.label('consoleVisits.clash.away')] : []),
    ...(facts.dayOff ? [say.label('consoleVisits.clash.dayOff')] : []),
    ...(isAtNight(at, timeZone) ? [say.label('consoleVisits.clash.night')] : []),
  ]
}

/** Hours that are free, as links. */
export const offeredPart = (
  { say, deps, now }: Visit,
  offered: readonly Date[],
  addressOf: (at: Date) => string,
): Markup | null => {
  const { timeZone } = deps.region
  if (offered.length === 0) return null
  const inOrder = offered.toSorted((a, b) => a.getTime() - b.getTime())
  const links = inOrder.map(
    (at) => html`<li><a href="${addressOf(at)}">${slotMoment({ say, timeZone, now }, at)}</a></li>`,
  )
  return html`<p>${say.label('consoleVisits.offered')}</p><ul class="acts slots">${links}</ul>`
}

import { whoSees } from '#dialogue/visits/staff-visit-view.ts'
import { spokenMoment } from '#dialogue/visits/visit-words-view.ts'
import type { SafetyFact } from '#features/families/safety-facts.ts'
import type { Taker } from '#features/families/takers.ts'
import { html, type Markup } from '#http/markup.ts'
import type { Family } from '#storage/families/families.ts'
import type { Visit as FamilyVisit } from '#storage/visits/visits.ts'
import { warnings } from '../families/family-frame.ts'
import { takersForm } from '../families/give-page.ts'
import { formTo } from '../form-markup.ts'
import { type Standing, standsAs } from '../standing.ts'
import type { Page, Visit } from '../visit.ts'
import { type Moment, momentPart, offeredPart } from './moment-part.ts'
import { fieldsOf, type When, whenFields } from './when.ts'

type Facts = {
  visit: FamilyVisit
  family: Pick<Family, 'number'>
  safety: readonly SafetyFact[]
  /** Somebody of the family sees it in the bot. */
  read: boolean
  standing: Standing
}

const around = (visit: Visit, key: string, { visit: one, family, safety }: Facts, body: Markup): Page => {
  const { say, deps, now } = visit
  const title = say.label(`consoleVisits.acts.${key}`)
  const when = spokenMoment({ say, timeZone: deps.region.timeZone, now }, one.startsAt)
  const number = say.label('console.familyNumber', { number: family.number })
  return {
    title: `${title}: ${number}`,
    section: 'calendar',
    body: html`<h1>${title}</h1>${warnings(visit, safety)}<p><a href="/console/visits/${one.id}">${say.label('consoleVisits.title', { family: number })}</a>, ${when}</p>${body}`,
  }
}

/** Another hour: free ones to choose from, or any; then what speaks against it, before it is saved. */
export const movePage = (
  visit: Visit,
  facts: Facts & { when: When; moment: Moment | null; offered: readonly Date[] },
): Page => {
  const { say } = visit
  const { visit: one, moment, offered, read } = facts
  const base = `/console/visits/${one.id}/move`
  const shown = fieldsOf(visit, moment?.at ?? one.startsAt)
  const choose = html`<section><form method="get" action="${base}"><div class="fields">${whenFields(visit, shown)}</div><button class="${moment ? 'quiet' : 'check'}">${say.label('consoleVisits.check')}</button></form>
${offeredPart(visit, offered, (at) => `${base}?at=${at.toISOString()}`)}</section>`
  const save =
    moment &&
    html`<section class="soon">${momentPart(visit, [moment])}<p>${whoSees(say, one, read)} ${say.label('consoleVisits.newCode')}</p>
${formTo(visit, base, html`<input type="hidden" name="at" value="${moment.at.toISOString()}">${standsAs(facts.standing)}<p class="actions"><button>${say.label('planVisit.moveYes')}</button><a class="next" href="/console/visits/${one.id}">${say.label('consoleFamilies.cancel')}</a></p>`)}</section>`
  return around(visit, 'move', facts, html`${save}${choose}`)
}

/** Asked once more: it cannot be brought back. Nobody is advised to call where somebody at home must not know. */
export const cancelPage = (visit: Visit, facts: Facts): Page => {
  const { say } = visit
  const { visit: one, safety, read } = facts
  const free = safety.length === 0 && one.audience !== 'confidential'
  const body = html`<section class="overdue"><p>${whoSees(say, one, read)}</p>${free && html`<p>${say.label('staffVisit.cancelCall')}</p>`}<p>${say.label('staffVisit.cancelFinal')}</p>
${formTo(
  visit,
  `/console/visits/${one.id}/cancel`,
  html`${standsAs(facts.standing)}<label for="reason">${say.label('consoleVisits.why')}</label><input id="reason" name="reason" maxlength="200" autocomplete="off"><p class="note">${say.label('consoleVisits.whyMeans')}</p>
<p class="actions"><button class="danger">${say.label('staffVisit.buttons.cancelYes')}</button><a class="next" href="/console/visits/${one.id}">${say.label('staffVisit.buttons.cancelNo')}</a></p>`,
)}</section>`
  return around(visit, 'cancel', facts, body)
}

/** A supervisor lets somebody else come. */
export const giveVisitPage = (visit: Visit, facts: Facts & { takers: readonly Taker[] }): Page => {
  const { visit: one, takers, read } = facts
  const cancel = `/console/visits/${one.id}`
  const form = takersForm(visit, {
    action: `${cancel}/give`,
    of: 'visit',
    takers,
    read,
    standing: facts.standing,
    cancel,
  })
  return around(visit, 'give', facts, html`<section>${form}</section>`)
}

import { formatTime } from '#core/dates.ts'
import { nameBesideRole } from '#dialogue/families/member-name-view.ts'
import { wishOf } from '#dialogue/visits/staff-visit-view.ts'
import { capital, spokenMoment } from '#dialogue/visits/visit-words-view.ts'
import type { Reach } from '#features/families/reach-family.ts'
import type { SafetyFact } from '#features/families/safety-facts.ts'
import { longestResult } from '#features/visits/act-on-visit.ts'
import type { AnswerLine, VisitDetails } from '#features/visits/visit-lists-for-staff.ts'
import { isAhead } from '#features/visits/visit-transitions.ts'
import { html, type Markup } from '#http/markup.ts'
import { warnings } from '../families/family-frame.ts'
import { reachLines } from '../families/people-page.ts'
import { formTo } from '../form-markup.ts'
import { type Standing, standsAs } from '../standing.ts'
import type { Page, Visit } from '../visit.ts'

export type VisitFacts = VisitDetails & {
  comes: string
  safety: readonly SafetyFact[]
  /** The reader may be shown how to reach the family. */
  mayReach: boolean
  /** Null: it was not asked for. */
  reach: Reach | null
  standing: Standing
}

/** One visit: when, where, the door code for whoever comes alone, what is not safe, who has answered, and what there is to do. */
export const visitPage = (visit: Visit, facts: VisitFacts): Page => {
  const { say } = visit
  const { family, inCharge, answers, safety, read } = facts
  const number = say.label('console.familyNumber', { number: family.number })
  const title = say.label('consoleVisits.title', { family: number })
  const said = answers.map((one) => answerOf(visit, one))
  return {
    title,
    section: 'calendar',
    body: html`<h1>${title}</h1>${warnings(visit, safety)}
${inCharge && html`<p><a href="/console/families/${family.id}">${number}</a></p>`}
${factsOf(visit, facts)}
${mark(visit, facts)}
<section><h2>${say.label('consoleVisits.answers')}</h2>${said.length > 0 ? html`<ul>${said}</ul>` : html`<p>${say.label(read ? 'staffVisit.noAnswers' : 'staffVisit.notInBot')}</p>`}${wish(visit, facts)}</section>
${reachPart(visit, facts)}
${acts(visit, facts)}`,
  }
}

const factsOf = (visit: Visit, facts: VisitFacts): Markup => {
  const { say, now, deps } = visit
  const { visit: one, content, code, comes, overlaps } = facts
  const { timeZone } = deps.region
  const ahead = isAhead(one, now)
  const when = capital(spokenMoment({ say, timeZone, now }, one.startsAt))
  const apart = one.audience === 'confidential' || one.audience === 'minors'
  const row = (name: string, value: Markup | string) =>
    html`<dt>${say.label(`consoleVisits.${name}`)}</dt><dd>${typeof value === 'string' ? html`${value}` : value}</dd>`
  const state =
    one.status === 'planned' && !ahead ? 'consoleVisits.list.unmarked' : `staffVisit.status.${one.status}`
  return html`<section>${apart && html`<p class="said alarm">${{ markup: say.t(`staffVisit.audience.${one.audience}`) }}</p>`}
<dl class="facts">${row('when', html`<b>${when}</b>, ${say.label('consoleVisits.until', { time: formatTime(one.endsAt, timeZone) })}`)}
${row('what', say.label(`planVisit.purposes.${one.purpose}`))}
${row('where', content.place ?? say.label('consoleVisits.home'))}
${content.note !== null && row('note', content.note)}
${row('who', comes)}
${row('state', say.label(state))}
${content.reason !== undefined && row('reason', content.reason)}
${facts.result !== null && row('result', html`<span class="words">${facts.result}</span>`)}
${code !== null && row('code', html`<b class="code on-screen">${code}</b><br><span class="why">${say.label('consoleVisits.codeHow')}</span>`)}
</dl>
${code === null && ahead && html`<p class="note">${say.label('consoleVisits.codeHidden')}</p>`}
${ahead && overlaps > 0 && html`<p class="said alarm">${say.label('staffVisit.overlaps', { count: overlaps })}</p>`}</section>`
}

/** Once it has begun: whether it took place. */
const mark = (visit: Visit, { visit: one }: VisitFacts): Markup | null => {
  const { say, now } = visit
  if (one.status !== 'planned' || now < one.startsAt) return null
  const form = formTo(
    visit,
    `/console/visits/${one.id}/outcome`,
    html`<label for="result">${say.label('consoleVisits.result')}</label><textarea id="result" name="result" rows="3" maxlength="${longestResult}"></textarea>
<p class="note">${say.label('consoleVisits.resultMeans')}</p>
<p class="actions"><button name="outcome" value="done">${say.label('staffVisit.buttons.done')}</button><button class="quiet" name="outcome" value="missed">${say.label('staffVisit.buttons.missed')}</button></p>`,
    { draft: `visit-${one.id}` },
  )
  return html`<section class="soon"><h2>${say.label('consoleVisits.mark')}</h2>${form}</section>`
}

const answerOf = (visit: Visit, { name, role, kind, slot, text, current }: AnswerLine): Markup => {
  const { say, deps, now } = visit
  const { timeZone } = deps.region
  const who =
    name !== null && role !== null
      ? say.label('staffVisit.member', {
          name: nameBesideRole(say, name),
          role: say.label(`staffVisit.roles.${role}`),
        })
      : say.label('staffVisit.somebody')
  const what = ((): string => {
    if (kind === 'late')
      return say.label('staffVisit.kinds.late', { time: slot ? formatTime(slot, timeZone) : '' })
    if (kind !== 'other-time') return say.label(`staffVisit.kinds.${kind}`)
    if (slot) return say.label('staffVisit.kinds.slot', { when: spokenMoment({ say, timeZone, now }, slot) })
    return text === null ? say.label('staffVisit.kinds.bare') : say.label('staffVisit.kinds.words', { text })
  })()
  return html`<li><b>${who}</b>: ${what}${!current && html` <span class="why">${say.label('consoleVisits.old')}</span>`}</li>`
}

/** The hour that the family asked for last leads to what speaks for or against it. */
const wish = (visit: Visit, { visit: one, answers, inCharge, standing }: VisitFacts): Markup | null => {
  const { say, deps, now } = visit
  const wished = isAhead(one, now) ? wishOf(answers, now) : null
  if (!wished) return null
  const when = spokenMoment({ say, timeZone: deps.region.timeZone, now }, wished)
  const label = say.label('consoleVisits.toWish', { when })
  const base = `/console/visits/${one.id}/move`
  if (inCharge) return html`<p><a class="next" href="${base}?at=${wished.toISOString()}">${label}</a></p>`
  return formTo(
    visit,
    base,
    html`<input type="hidden" name="at" value="${wished.toISOString()}">${standsAs(standing)}<button class="quiet">${label}</button>`,
  )
}

const reachPart = (visit: Visit, { visit: { id }, mayReach, reach }: VisitFacts): Markup | null => {
  const { say } = visit
  if (!mayReach) return null
  const title = html`<h2 id="reach">${say.label('consoleFamilies.people.reach')}</h2>`
  if (reach) return html`<section>${title}${reachLines(visit, reach)}</section>`
  return html`<section>${title}<p class="note">${say.label('consoleFamilies.people.reachHidden')}</p>${formTo(visit, `/console/visits/${id}/reach`, html`<button class="quiet">${say.label('consoleFamilies.people.showReach')}</button>`)}</section>`
}

const acts = ({ say, now, staff }: Visit, { visit: one, family, inCharge }: VisitFacts): Markup | null => {
  const ahead = isAhead(one, now)
  const to = (path: string, key: string) =>
    html`<li><a class="next" href="${path}">${say.label(`consoleVisits.acts.${key}`)}</a></li>`
  const base = `/console/visits/${one.id}`
  const links = [
    ahead && inCharge && to(`${base}/move`, 'move'),
    inCharge &&
      family.closedAt === null &&
      to(`/console/families/${family.id}/visits/new?again=${one.id}`, 'again'),
    ahead && inCharge && staff.role === 'supervisor' && to(`${base}/give`, 'give'),
    inCharge && to(`/console/families/${family.id}/visits`, 'all'),
    ahead && to(`${base}/cancel`, 'cancel'),
  ].filter((one) => one !== false)
  return links.length === 0
    ? null
    : html`<section><h2>${say.label('consoleFamilies.acts.title')}</h2><ul class="acts">${links}</ul></section>`
}

import { stageReads } from '#dialogue/families/staff-family-state-view.ts'
import { stageAfterEvent } from '#features/cases/next-term.ts'
import type { HistoryLine } from '#features/cases/history-for-staff.ts'
import { html } from '#http/markup.ts'
import type { CaseEventKind } from '#regions/case-rules.ts'
import { formTo } from '../form-markup.ts'
import type { Page, Visit } from '../visit.ts'
import { dayOfIso } from '../words.ts'
import { type FamilyOpen, familyPage } from './family-frame.ts'

type Facts = {
  kinds: readonly CaseEventKind[]
  kind: CaseEventKind | null
  /** Somebody of the family is in the bot. */
  read: boolean
  today: string
}

/** What happened, then on which day; terms are counted from that day. */
export const eventPage = (visit: Visit, open: FamilyOpen, { kinds, kind, read, today }: Facts): Page => {
  const { say, deps } = visit
  const { family } = open
  const base = `/console/families/${family.id}/event`
  const heading = say.label('consoleFamilies.acts.event')
  if (kind === null) {
    const links = kinds.map(
      (one) => html`<li><a href="${base}?kind=${one}">${say.label(`caseEvents.kinds.${one}`)}</a></li>`,
    )
    const body = html`<section>${kinds.length === 0 ? html`<p>${say.label('caseEvents.none')}</p>` : html`<p>${say.label('consoleFamilies.event.which')}</p><ul class="choices">${links}</ul>`}</section>`
    return familyPage(visit, open, { tab: 'case', heading, body })
  }
  const to = stageAfterEvent(deps.region, family.stage, kind)
  const body = html`<section><p><b>${say.label(`caseEvents.kinds.${kind}`)}</b></p>
${to !== null && html`<p>${{ markup: stageReads(say, deps.region, { to, read }) }}</p>`}
${formTo(
  visit,
  base,
  html`<input type="hidden" name="kind" value="${kind}"><label for="on">${say.label('consoleFamilies.event.day')}</label><input id="on" type="date" name="on" value="${today}" max="${today}" required>
<p class="actions"><button>${say.label('consoleFamilies.event.record')}</button><a class="next" href="${base}">${say.label('caseEvents.no')}</a></p>`,
  { class: 'narrow' },
)}</section>`
  return familyPage(visit, open, { tab: 'case', heading, body })
}

/** Whether an event did not happen at all is asked once more. */
export const withdrawEventPage = (visit: Visit, open: FamilyOpen, event: HistoryLine): Page => {
  const { say } = visit
  const base = `/console/families/${open.family.id}`
  const body = html`<section class="overdue"><p><b>${say.label(`caseEvents.kinds.${event.kind}`)}</b>, ${dayOfIso(visit, event.day)}</p>
<p>${say.label('consoleFamilies.event.withdrawMeans')}</p>
${formTo(visit, `${base}/events/${event.id}/withdraw`, html`<label for="words">${say.label('consoleFamilies.case.whyWrong')}</label><input id="words" name="words" maxlength="500" autocomplete="off"><p class="actions"><button class="danger">${say.label('caseHistory.yes')}</button><a class="next" href="${base}/case#events">${say.label('caseHistory.no')}</a></p>`)}</section>`
  return familyPage(visit, open, { tab: 'case', heading: say.label('caseHistory.notAtAll'), body })
}

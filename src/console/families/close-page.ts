import { groundsOf } from '#features/cases/grounds.ts'
import { html } from '#http/markup.ts'
import type { EndReason } from '#storage/families/families.ts'
import { formTo } from '../form-markup.ts'
import { type Standing, standsAs } from '../standing.ts'
import type { Page, Visit } from '../visit.ts'
import { type FamilyOpen, familyPage } from './family-frame.ts'

type Facts = {
  reason: EndReason | null
  /** Somebody of the family is in the bot. */
  read: boolean
  /** The final diagnosis is not recorded, which the reason asks for. */
  noFinal: boolean
  standing: Standing
}

/** Why support ends, then what becomes of the family: asked once more, because nothing brings it back. */
export const closePage = (
  visit: Visit,
  open: FamilyOpen,
  { reason, read, noFinal, standing }: Facts,
): Page => {
  const { say, deps } = visit
  const { family } = open
  const base = `/console/families/${family.id}/close`
  const heading = say.label('consoleFamilies.acts.close')
  const grounds = groundsOf(deps.region)
  if (reason === null) {
    const own = grounds.some(({ source }) => source !== 'default')
    const links = grounds.map(
      ({ code }) =>
        html`<li><a href="${base}?reason=${code}">${say.label(`familyState.reasons.${code}`)}</a></li>`,
    )
    const body = html`<section><p>${say.label('consoleFamilies.close.why')}</p><ul class="choices">${links}</ul><p class="note">${say.label(own ? 'familyState.groundsOwn' : 'familyState.groundsDefault')}</p></section>`
    return familyPage(visit, open, { tab: 'case', heading, body })
  }
  const means = say.label(read ? 'familyState.endMeans' : 'familyState.endMeansUnread')
  const body = html`<section class="overdue"><p>${say.label('consoleFamilies.close.reason')} <b>${say.label(`familyState.reasons.${reason}`)}</b></p>
${noFinal && html`<p class="said alarm">${say.label('familyState.noFinal')}</p>`}
${means.split('\n\n').map((one) => html`<p>${one}</p>`)}
${formTo(
  visit,
  base,
  html`<input type="hidden" name="reason" value="${reason}">${standsAs(standing)}
<p><label class="choice"><input type="checkbox" name="contact" value="yes"> ${say.label(read ? 'consoleFamilies.close.contact' : 'consoleFamilies.close.contactUnread')}</label></p>
<p class="actions"><button class="danger">${say.label('consoleFamilies.close.yes')}</button><a class="next" href="/console/families/${family.id}/case">${say.label('familyState.endNo')}</a></p>`,
)}</section>`
  return familyPage(visit, open, { tab: 'case', heading, body })
}

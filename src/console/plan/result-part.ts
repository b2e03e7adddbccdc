import { plainDay } from '#dialogue/plan/plan-words-view.ts'
import type { HelpWithResult } from '#features/registers/help-results.ts'
import { html, type Markup } from '#http/markup.ts'
import { helpResultCodes } from '#regions/registers/register.ts'
import { buttonTo, formTo } from '../form-markup.ts'
import type { Visit } from '../visit.ts'

/** What came of a help: recorded, corrected by another record, or taken back. Families never read it. */
export const resultPart = (
  visit: Visit,
  {
    familyId,
    help: { activity, result },
    today,
    first,
  }: {
    familyId: string
    help: HelpWithResult
    today: string
    /** It is what there is to do next. */
    first: boolean
  },
): Markup => {
  const { say, now } = visit
  const base = `/console/families/${familyId}/activities/${activity.id}/result`
  const was = result?.result && {
    result: say.label(`registers.resultOf.${result.result}`),
    day: plainDay(say, result.on, now),
  }
  const ways = helpResultCodes.map(
    (code) =>
      html`<label class="choice"><input type="radio" name="result" value="${code}" required> <span>${say.label(`registers.buttons.${code}`)}</span></label>`,
  )
  const fields = html`<fieldset class="choices"><legend>${say.label('consolePlan.result.which')}</legend>${ways}</fieldset>
<p class="note">${say.label('registers.told')}</p>
<label for="result-on">${say.label('consolePlan.result.on')}</label><input id="result-on" type="date" name="on" value="${today}" max="${today}" required>
<div class="actions"><button${(was || !first) && html` class="quiet"`}>${say.label('consolePlan.result.save')}</button></div>`
  return html`<section id="result"><h2>${say.label('consolePlan.result.title')}</h2>
${was && html`<p>${say.label('registers.was', was)}</p>${buttonTo(visit, `${base}/withdraw`, say.label('registers.resultTakeBack'), 'quiet')}`}
${formTo(visit, base, fields, { class: 'narrow' })}<p class="note">${say.label('consoleFamilies.level.means')}</p></section>`
}

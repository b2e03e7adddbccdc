import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import { longestLevelReason } from '#features/levels/decide-level.ts'
import { html, type Markup } from '#http/markup.ts'
import { supportLevels } from '#storage/families/families.ts'
import { formTo } from '../form-markup.ts'
import type { Page, Visit } from '../visit.ts'
import { type FamilyOpen, familyPage } from './family-frame.ts'

/** The signs that staff find, and the level that a person decides; another one than they propose takes a word why. */
export const levelPage = (
  visit: Visit,
  open: FamilyOpen,
  { ticked }: { ticked: readonly string[] },
): Page => {
  const { say, deps } = visit
  const { region } = deps
  const { family } = open
  const groups = supportLevels.flatMap((level) => {
    const signs = region.levelSigns.filter((sign) => sign.level === level)
    if (signs.length === 0) return []
    const ticks = signs.map(
      ({ code }) =>
        html`<p><label class="choice"><input type="checkbox" name="signs" value="${code}"${ticked.includes(code) && html` checked`}> ${optionLabel(say, region.code, 'levelSigns', code)}</label></p>`,
    )
    return [
      html`<fieldset><legend>${say.label('consoleFamilies.level.signs', { level: say.label(`caseload.levels.${level}`) })}</legend>${ticks}</fieldset>`,
    ]
  })
  const levels = supportLevels.map((level) => {
    const { atLeast, atMost, per } = region.visitCadence[level].value
    const values = {
      level: say.label(`caseload.levels.${level}`),
      often: atLeast === atMost ? String(atMost) : `${atLeast}–${atMost}`,
      per: say.label(`familyState.per.${per}`),
    }
    return html`<p><label class="choice"><input type="radio" name="level" value="${level}" required${level === family.level && html` checked`}> ${say.label('consoleFamilies.level.line', values)}</label></p>`
  })
  const fields: Markup = html`<input type="hidden" name="revision" value="${family.revision}">${groups}
<fieldset><legend>${say.label('consoleFamilies.level.which')}</legend>${levels}</fieldset>
<label for="reason">${say.label('consoleFamilies.level.why')}</label><textarea id="reason" name="reason" rows="2" maxlength="${longestLevelReason}"></textarea>
<p class="note">${say.label('consoleFamilies.level.means')}</p><button>${say.label('consoleFamilies.level.save')}</button>`
  return familyPage(visit, open, {
    tab: 'needs',
    heading: say.label('consoleFamilies.acts.level'),
    body: html`<section>${formTo(visit, `/console/families/${family.id}/level`, fields)}</section>`,
  })
}

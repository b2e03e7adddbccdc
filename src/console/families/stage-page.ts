import { stageReads } from '#dialogue/families/staff-family-state-view.ts'
import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import { stagesBetween } from '#features/cases/case-record.ts'
import { html } from '#http/markup.ts'
import { skipReasons } from '#storage/cases/case-events.ts'
import { formTo } from '../form-markup.ts'
import { type Standing, standsAs } from '../standing.ts'
import type { Page, Visit } from '../visit.ts'
import { type FamilyOpen, familyPage } from './family-frame.ts'

/** The later stages; once one is chosen, what is left out and why, and what the family will read. There is no way back. */
export const stagePage = (
  visit: Visit,
  open: FamilyOpen,
  { to, read, standing }: { to: string | null; read: boolean; standing: Standing },
): Page => {
  const { say, deps } = visit
  const { region } = deps
  const { family } = open
  const name = (code: string) => optionLabel(say, region.code, 'stages', code)
  const base = `/console/families/${family.id}/stage`
  const now = html`<p>${say.label('consoleFamilies.stage.now')} <b>${name(family.stage)}</b></p>`
  const heading = say.label('consoleFamilies.acts.stage')
  if (to === null) {
    const later = region.stages.slice(region.stages.indexOf(family.stage) + 1)
    const links = later.map((code) => html`<li><a href="${base}?to=${code}">${name(code)}</a></li>`)
    const body = html`<section>${now}${later.length === 0 ? html`<p>${say.label('familyState.stageLast')}</p>` : html`<p>${say.label('consoleFamilies.stage.which')}</p><ol class="choices">${links}</ol>`}</section>`
    return familyPage(visit, open, { tab: 'case', heading, body })
  }
  const left = stagesBetween(region, family.stage, to)
  const why =
    left.length > 0 &&
    html`<fieldset><legend>${say.label('consoleFamilies.stage.skipped', { stages: left.map((code) => `«${name(code)}»`).join(', ') })}</legend>${skipReasons.map((one) => html`<p><label class="choice"><input type="radio" name="skip" value="${one}" required> ${say.label(`familyState.skips.${one}`)}</label></p>`)}</fieldset>`
  const body = html`<section>${now}<p>${say.label('consoleFamilies.stage.then')} <b>${name(to)}</b></p>
<p>${{ markup: stageReads(say, region, { to, read }) }}</p><p class="note">${say.label('act.noWayBack')}</p>
${formTo(visit, base, html`<input type="hidden" name="to" value="${to}">${standsAs(standing)}${why}<p class="actions"><button>${say.label('act.stageYes')}</button><a class="next" href="${base}">${say.label('act.stageNo')}</a></p>`)}</section>`
  return familyPage(visit, open, { tab: 'case', heading, body })
}

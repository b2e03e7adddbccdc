import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import { proposalText } from '#dialogue/levels/signs-view.ts'
import { longestLevelReason } from '#features/levels/decide-level.ts'
import { proposeLevel } from '#features/levels/propose-level.ts'
import { html, type Markup } from '#http/markup.ts'
import { supportLevels } from '#storage/families/families.ts'
import { formTo } from '../form-markup.ts'
import type { Page, Visit } from '../visit.ts'
import { type FamilyOpen, familyPage } from './family-frame.ts'

export type LevelFacts = {
  ticked: readonly string[]
  /** What is chosen so far. */
  level: string | null
  reason: string
  /** Hidden fields: how the family stood when the page was first drawn. */
  stood: Markup
  /** Why it was not done. */
  wrong?: Markup | null
}

/** The signs that staff find, the level that they propose and why, and the level that a person decides; another one takes a word. */
export const levelPage = (visit: Visit, open: FamilyOpen, facts: LevelFacts): Page => {
  const { say, deps } = visit
  const { region } = deps
  const { family } = open
  const { ticked, level, reason, stood, wrong = null } = facts
  const base = `/console/families/${family.id}/level`
  const fields = html`${stood}${signFields(visit, base, ticked)}
<fieldset><legend>${say.label('consoleFamilies.level.which')}</legend>${levelFields(visit, level)}</fieldset>
<label for="reason">${say.label('consoleFamilies.level.why')}</label><textarea id="reason" name="reason" rows="2" maxlength="${longestLevelReason}">${reason}</textarea>
<p class="note">${say.label('consoleFamilies.level.means')}</p><button>${say.label('consoleFamilies.level.save')}</button>`
  const proposal = ticked.length > 0 && proposalText(say, region, proposeLevel(region, ticked)).split('\n')
  const proposed =
    proposal &&
    html`<section id="proposal" role="status"><h2>${say.label('consoleFamilies.level.proposal')}</h2>${proposal.map((line) => html`<p>${{ markup: line }}</p>`)}</section>`
  return familyPage(visit, open, {
    tab: 'needs',
    heading: say.label('consoleFamilies.acts.level'),
    body: html`${wrong}${proposed}<section>${formTo(visit, base, fields)}</section>`,
  })
}

/** By level; a button draws the page again with what they propose. */
const signFields = ({ say, deps }: Visit, base: string, ticked: readonly string[]): Markup => {
  const { levelSigns, code: region } = deps.region
  const groups = supportLevels.flatMap((level) => {
    const signs = levelSigns.filter((sign) => sign.level === level)
    if (signs.length === 0) return []
    const ticks = signs.map(
      ({ code }) =>
        html`<p><label class="choice"><input type="checkbox" name="signs" value="${code}"${ticked.includes(code) && html` checked`}> ${optionLabel(say, region, 'levelSigns', code)}</label></p>`,
    )
    return [
      html`<fieldset><legend>${say.label('consoleFamilies.level.signs', { level: say.label(`caseload.levels.${level}`) })}</legend>${ticks}</fieldset>`,
    ]
  })
  return html`${groups}${groups.length > 0 && html`<p><button class="quiet" formaction="${base}/proposal" formnovalidate>${say.label('consoleFamilies.level.propose')}</button></p>`}`
}

const levelFields = ({ say, deps }: Visit, chosen: string | null): Markup[] =>
  supportLevels.map((level) => {
    const { atLeast, atMost, per } = deps.region.visitCadence[level].value
    const values = {
      level: say.label(`caseload.levels.${level}`),
      often: atLeast === atMost ? String(atMost) : `${atLeast}–${atMost}`,
      per: say.label(`familyState.per.${per}`),
    }
    return html`<p><label class="choice"><input type="radio" name="level" value="${level}" required${level === chosen && html` checked`}> ${say.label('consoleFamilies.level.line', values)}</label></p>`
  })

import { whoSees } from '#dialogue/visits/staff-visit-view.ts'
import type { PlanningFacts } from '#features/visits/plan-for-staff.ts'
import { type VisitPurpose, visitPurposes } from '#features/visits/visit-content.ts'
import { html, type Markup } from '#http/markup.ts'
import { type FamilyOpen, familyPage } from '../families/family-frame.ts'
import { formTo } from '../form-markup.ts'
import type { Page, Visit } from '../visit.ts'
import { type Moment, momentPart, offeredPart } from './moment-part.ts'
import { fieldsOf, whenFields } from './when.ts'

/** How many visits a series has, the first included. */
export const seriesLength = 4

export type Wanted = {
  at: Date | null
  purpose: VisitPurpose
  count: number
  /** `family`, or the id of the one minor who knows of it; null: nobody has said. */
  audience: string | null
}

type Facts = PlanningFacts & {
  wanted: Wanted
  /** Null: no moment is named yet. */
  moments: readonly Moment[] | null
  read: boolean
}

/** A new visit, or several at the level's frequency: when and for whom, then what speaks against it, before it is saved. */
export const planPage = (visit: Visit, open: FamilyOpen, facts: Facts): Page => {
  const { say } = visit
  const { wanted, moments, visitor, offered } = facts
  const base = `/console/families/${open.family.id}/visits/new`
  const known = wanted.at ? fieldsOf(visit, wanted.at) : null
  const form = html`<section><form method="get" action="${base}"><div class="fields">${whenFields(visit, { date: known?.date, time: known?.time })}${purposes(visit, wanted)}${series(visit, open, wanted)}</div>${audience(visit, facts)}
<button class="${moments ? 'quiet' : 'check'}">${say.label('consoleVisits.check')}</button></form>
${!moments && offeredPart(visit, offered, (at) => `${base}?${queryOf(wanted, at)}`)}</section>`
  return familyPage(visit, open, {
    tab: 'visits',
    heading: say.label('consoleFamilies.acts.visit'),
    body: html`<p>${say.label('consoleVisits.comes', { name: visitor.name })}</p>${moments && save(visit, open, { ...facts, moments })}${form}`,
  })
}

const queryOf = ({ purpose, count, audience: whom }: Wanted, at: Date): URLSearchParams =>
  new URLSearchParams({
    at: at.toISOString(),
    ...(purpose !== 'regular' && { purpose }),
    ...(count > 1 && { count: String(count) }),
    ...(whom !== null && { audience: whom }),
  })

const purposes = ({ say }: Visit, { purpose }: Wanted): Markup =>
  html`<p><label for="purpose">${say.label('consoleVisits.what')}</label><select id="purpose" name="purpose">${visitPurposes.map((one) => html`<option value="${one}"${one === purpose && html` selected`}>${say.label(`planVisit.purposes.${one}`)}</option>`)}</select></p>`

/** Without a level nobody knows how often. */
const series = ({ say }: Visit, { family }: FamilyOpen, { count }: Wanted): Markup | null =>
  family.level === null
    ? null
    : html`<p><label for="count">${say.label('consoleVisits.many')}</label><select id="count" name="count"><option value="1">${say.label('consoleVisits.once')}</option><option value="${seriesLength}"${count > 1 && html` selected`}>${say.label('consoleVisits.series', { count: seriesLength })}</option></select></p>`

/** Where a minor is unsafe at home it is chosen for whom the visit is. */
const audience = ({ say }: Visit, { unsafe, wanted }: Facts): Markup | null => {
  if (unsafe.length === 0) return null
  const choice = (value: string, text: string) =>
    html`<p><label class="choice"><input type="radio" name="audience" value="${value}" required${wanted.audience === value && html` checked`}> ${text}</label></p>`
  return html`<fieldset><legend>${say.label('consoleVisits.whom')}</legend><p>${say.label('consoleVisits.unsafe')}</p>${unsafe.map(({ id }) => choice(id, say.label('consoleVisits.minorOnly')))}${choice('family', say.label('planVisit.family'))}</fieldset>`
}

const save = (
  visit: Visit,
  { family }: FamilyOpen,
  { wanted, moments, unsafe, read }: Facts & { moments: readonly Moment[] },
): Markup => {
  const { say } = visit
  const apart = wanted.audience !== null && wanted.audience !== 'family'
  if (unsafe.length > 0 && wanted.audience === null)
    return html`<section class="overdue"><p>${say.label('consoleVisits.chooseWhom')}</p></section>`
  const hidden = (name: string, value: string) => html`<input type="hidden" name="${name}" value="${value}">`
  return html`<section class="soon">${momentPart(visit, moments)}
<p>${say.label(`planVisit.purposes.${wanted.purpose}`)}</p>
${apart && html`<p class="said alarm">${{ markup: say.t('staffVisit.audience.confidential') }}</p>`}
<p>${whoSees(say, { audience: apart ? 'confidential' : 'family' }, read)}</p>
${formTo(
  visit,
  `/console/families/${family.id}/visits`,
  html`${hidden('at', wanted.at?.toISOString() ?? '')}${hidden('purpose', wanted.purpose)}${hidden('count', String(wanted.count))}${wanted.audience !== null && hidden('audience', wanted.audience)}
<label for="place">${say.label('consoleVisits.place')}</label><input id="place" name="place" maxlength="100" autocomplete="off"><p class="note">${say.label(apart ? 'consoleVisits.placeApart' : 'consoleVisits.placeMeans')}</p>
<button>${say.label(moments.length > 1 ? 'consoleVisits.planMany' : 'planVisit.yes', { count: moments.length })}</button>`,
)}</section>`
}

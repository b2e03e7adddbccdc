import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import { specialLine } from '#dialogue/needs/special-view.ts'
import { specialMarkOf } from '#features/consents/special-grounds.ts'
import { holdsOn, type KnownNeeds, mainCategoryOn, type CaseNeed } from '#features/needs/case-needs.ts'
import { needCodes } from '#features/needs/change-needs.ts'
import { html, type Markup } from '#http/markup.ts'
import { needFinders, needKinds } from '#storage/needs/case-needs.ts'
import { buttonTo, formTo } from '../form-markup.ts'
import { tableOf } from '../table-markup.ts'
import type { Page, Visit } from '../visit.ts'
import { dayOfIso } from '../words.ts'
import { type FamilyOpen, familyPage } from './family-frame.ts'

const questions = { category: 'categories', circumstance: 'circumstances' } as const

type Facts = KnownNeeds & {
  today: string
  /** The signs that were ticked last; null: the reader may not see them. */
  signs: readonly string[] | null
}

/** Categories and circumstances over time, which the family never sees; the level and its signs. */
export const needsPage = (visit: Visit, open: FamilyOpen, facts: Facts): Page => {
  const { say } = visit
  const { needs, today } = facts
  const holding = needs.filter((need) => holdsOn(need, today) && need.until === null)
  const over = needs.filter((need) => !holding.includes(need))
  const main = mainCategoryOn(facts, today)
  const active = open.family.status === 'active'
  const table = (rows: readonly CaseNeed[], acts: boolean) =>
    tableOf({
      heads: [
        ...['what', 'since', 'until', 'by'].map((one) => say.label(`consoleFamilies.needs.${one}`)),
        ...(acts ? [{ unseen: say.label('consoleFamilies.needs.acts') }] : []),
      ],
      rows: rows.map((need) => rowOf(visit, open, { need, main, acts })),
    })
  return familyPage(visit, open, {
    tab: 'needs',
    body: html`<section><h2>${say.label('consoleFamilies.needs.title')}</h2>
${holding.length === 0 ? html`<p>${say.label('consoleFamilies.needs.none')}</p>` : table(holding, active)}
<p class="note">${say.label('consoleFamilies.needs.unseen')}</p>
${active && addForm(visit, open, facts)}</section>
${over.length > 0 && html`<section><h2>${say.label('consoleFamilies.needs.before')}</h2>${table(over, false)}</section>`}
${levelPart(visit, open, facts)}`,
  })
}

const nameOf = ({ say, deps }: Visit, { kind, code }: Pick<CaseNeed, 'kind' | 'code'>): string =>
  optionLabel(say, deps.region.code, questions[kind], code)

const rowOf = (
  visit: Visit,
  { family }: FamilyOpen,
  { need, main, acts }: { need: CaseNeed; main: CaseNeed | null; acts: boolean },
) => {
  const { say } = visit
  const isMain = need.needId === main?.needId
  const special = specialMarkOf(visit.deps.region, need.code)
  const base = `/console/families/${family.id}/needs/${need.needId}`
  const corrected = need.versions.length > 1 && need.versions.some(({ reason }) => reason !== null)
  const buttons = html`<div class="actions">${need.kind === 'category' && !isMain && buttonTo(visit, `${base}/main`, say.label('needs.main'), 'quiet')}${buttonTo(visit, `${base}/end`, say.label('needs.end'), 'quiet')}</div>`
  return [
    html`${isMain ? html`<b>${nameOf(visit, need)}</b> (${say.label('consoleFamilies.needs.main')})` : nameOf(visit, need)}<br><span class="why">${say.label(`consoleFamilies.needs.kinds.${need.kind}`)}${corrected && html` · ${say.label('consoleFamilies.needs.corrected')}`}${need.withdrawn && html` · ${say.label('consoleFamilies.needs.never')}`}</span>${special !== null && html`<br><span class="why">${specialLine(say, special)}</span>`}`,
    dayOfIso(visit, need.since),
    need.until !== null && dayOfIso(visit, need.until),
    say.label(`needs.foundBy.${need.foundBy}`),
    ...(acts ? [buttons] : []),
  ]
}

const addForm = (visit: Visit, { family }: FamilyOpen, { needs, today }: Facts): Markup => {
  const { say, deps } = visit
  const groups = needKinds.map((kind) => {
    const codes = needCodes(deps.region, kind).filter(
      (code) => !needs.some((need) => need.code === code && need.kind === kind && holdsOn(need, today)),
    )
    return html`<optgroup label="${say.label(`consoleFamilies.needs.kinds.${kind}`)}">${codes.map((code) => html`<option value="${kind}.${code}">${nameOf(visit, { kind, code })}${specialMarkOf(deps.region, code) !== null && html` *`}</option>`)}</optgroup>`
  })
  const finders = needFinders.map(
    (one) => html`<option value="${one}">${say.label(`needs.finders.${one}`)}</option>`,
  )
  return html`<details><summary>${say.label('needs.add')}</summary>${formTo(
    visit,
    `/console/families/${family.id}/needs`,
    html`<div class="fields"><p><label for="need">${say.label('consoleFamilies.needs.which')}</label><select id="need" name="need">${groups}</select></p>
<p><label for="finder">${say.label('consoleFamilies.needs.finder')}</label><select id="finder" name="foundBy">${finders}</select></p></div>
<p class="note">${say.label('special.star')}</p><button class="quiet">${say.label('needs.add')}</button>`,
  )}</details>`
}

const levelPart = ({ say, deps }: Visit, { family, rights }: FamilyOpen, { signs }: Facts): Markup => {
  const { region } = deps
  const level = say.label(family.level === null ? 'caseload.noLevel' : `caseload.levels.${family.level}`)
  const ticked = region.levelSigns.filter(({ code }) => signs?.includes(code))
  const lines = ticked.map(({ code }) => html`<li>${optionLabel(say, region.code, 'levelSigns', code)}</li>`)
  const change = rights.has('charge') && family.status === 'active'
  return html`<section><h2>${say.label('consoleFamilies.needs.level')}</h2><p><b>${level}</b></p>
${lines.length > 0 && html`<p class="note">${say.label('consoleFamilies.needs.signs')}</p><ul>${lines}</ul>`}
${change && html`<p><a class="next" href="/console/families/${family.id}/level">${say.label('consoleFamilies.acts.level')}</a></p>`}</section>`
}

import { formatDay } from '#core/dates.ts'
import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import { plainDay } from '#dialogue/plan/plan-words-view.ts'
import { wordsFor } from '#features/surveys/spoken-questions.ts'
import { longestHalf, servesAll } from '#features/surveys/tell-families.ts'
import { html, type Markup, told } from '#http/markup.ts'
import type { StoredSurvey } from '#storage/surveys/surveys.ts'
import type { YouSaidWeDid } from '#storage/surveys/you-said-we-did.ts'
import { buttonTo, formTo } from '../form-markup.ts'
import type { Page, Visit } from '../visit.ts'
import { surveyPaths, surveyTabs } from './tabs.ts'

/** What is typed; empty at first. `territory`: a code, or `all`. */
export type ToldDraft = { survey: string; said: string; done: string; territory: string }

type Item = YouSaidWeDid & { mayTakeBack: boolean }

const text = ({ say }: Visit, key: string, values?: Record<string, string | number>) =>
  say.label(`consoleSurveys.told.${key}`, values)

const placeOf = ({ say, deps }: Visit, territory: string | null): string =>
  territory === null
    ? say.label('results.tell.everybody')
    : optionLabel(say, deps.region.code, 'territory', territory)

/** «Вы сказали – мы сделали»: the next item, and what families see now. */
export const toldPage = (
  visit: Visit,
  {
    surveys,
    draft,
    items,
  }: { surveys: readonly StoredSurvey[]; draft: ToldDraft | null; items: readonly Item[] },
): Page => {
  const { say } = visit
  const title = text(visit, 'title')
  const body = html`<h1>${title}</h1>
${surveyTabs(say, 'told')}
<section><h2>${text(visit, 'new')}</h2><p>${text(visit, 'why')}</p>${formOf(visit, surveys, draft)}</section>
<section><h2>${text(visit, 'now')}</h2>${items.length === 0 ? html`<p>${text(visit, 'none')}</p>` : html`<ul class="rows">${items.map((item) => itemRow(visit, item))}</ul>`}</section>`
  return { title, section: 'surveys', body }
}

const formOf = (visit: Visit, surveys: readonly StoredSurvey[], draft: ToldDraft | null): Markup => {
  const { say, deps, staff } = visit
  const reader = { language: say.language, minor: false }
  const option = (value: string, words: string, chosen: string | undefined) =>
    value === chosen
      ? html`<option value="${value}" selected>${words}</option>`
      : html`<option value="${value}">${words}</option>`
  const places = [...(servesAll(deps.region, staff) ? [null] : []), ...staff.territories]
  const half = (name: 'said' | 'done') =>
    html`<label>${text(visit, name)}<textarea name="${name}" rows="3" required maxlength="${longestHalf}">${draft?.[name] ?? ''}</textarea></label>
<p class="note">${text(visit, `${name}Hint`, { longest: longestHalf })}</p>`
  const fields = html`<div class="fields"><label>${text(visit, 'survey')}<select name="survey">${surveys.map(({ survey: { code, title } }) => option(code, wordsFor(title, reader), draft?.survey))}</select></label>
<label>${text(visit, 'whom')}<select name="territory">${places.map((code) => option(code ?? 'all', placeOf(visit, code), draft?.territory))}</select></label></div>
${half('said')}${half('done')}
<button>${text(visit, 'look')}</button>`
  return formTo(visit, surveyPaths.told, fields, { draft: 'surveys.told' })
}

const itemRow = (visit: Visit, item: Item): Markup => {
  const { say, deps, now } = visit
  const when = formatDay(say, { instant: item.publishedAt, timeZone: deps.region.timeZone, now })
  const back =
    item.mayTakeBack &&
    buttonTo(visit, `${surveyPaths.told}/${item.id}/take-back`, say.label('results.tell.takeBack'), 'quiet')
  return html`<li class="row"><div>${asRead(visit, item)}<p class="note">${placeOf(visit, item.territory)} · ${text(visit, 'since', { when })}</p></div>${back}</li>`
}

/** In the words in which a family reads it. */
const asRead = (
  { say, now }: Visit,
  item: Pick<YouSaidWeDid, 'said' | 'done' | 'from' | 'until'>,
): Markup => {
  const period = say.label('youSaidWeDid.period', {
    from: plainDay(say, item.from, now),
    until: plainDay(say, item.until, now),
  })
  return html`<blockquote>${told(say, 'youSaidWeDid.item', { said: item.said, done: item.done, mark: '', period })}</blockquote>`
}

/** The item as families will read it, and the button that publishes it. */
export const toldCheckPage = (
  visit: Visit,
  { draft, from, until }: { draft: ToldDraft; from: string; until: string },
): Page => {
  const { say } = visit
  const title = text(visit, 'check')
  const territory = draft.territory === 'all' ? null : draft.territory
  const body = html`<h1>${title}</h1>
<section>${asRead(visit, { ...draft, from, until })}
<p>${text(visit, 'seenBy', { whom: placeOf(visit, territory) })}</p>
<div class="actions">${buttonTo(visit, `${surveyPaths.told}/publish`, text(visit, 'publish'))}<a class="next" href="${surveyPaths.told}">${say.label('consoleSurveys.change')}</a></div></section>`
  return { title, section: 'surveys', body }
}

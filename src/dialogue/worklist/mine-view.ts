import type { Say } from '#core/text.ts'
import { type CardBuilder, pager, paragraphs } from '#dialogue/card-builder.ts'
import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import type { Button, View } from '#dialogue/view.ts'
import type { FamilyWork, RequestWork, WorkPage } from '#features/worklist/open-work.ts'
import { type Around, needLine } from './need-view.ts'

type Requests = WorkPage<RequestWork & { holder: string | null }>
type Families = WorkPage<FamilyWork & { names: string[]; holder: string | null }>

/** Open requests by what they need; a supervisor's are everybody's. Nothing personal. */
export const requestsView = (
  builder: CardBuilder,
  { found, all, ...around }: Around & { found: Requests; all: boolean },
): View => {
  const { say, link } = builder
  const { items, total } = found
  const which = all ? 'allRequests' : 'requests'
  const lines = items.map((request) => {
    const { number, territory, stage, urgent, status, holder } = request
    const place = (list: string, code: string) => optionLabel(say, around.region.code, list, code)
    const values = { number, territory: place('territory', territory), stage: place('stages', stage) }
    return joined(
      say.t(urgent ? 'worklist.urgentLine' : 'worklist.line', values),
      needLine(say, request, around),
      all &&
        (holder
          ? say.t(status === 'claimed' ? 'worklist.holder' : 'worklist.waits', { name: holder })
          : say.t('worklist.nobody')),
    )
  })
  const title = total === 0 ? say.t(`worklist.${which}None`) : say.t(`worklist.${which}`, { count: total })
  return builder.card('mine', paragraphs(title, ...lines, pageLine(say, found)), [
    ...items.map(({ id, number, urgent }) => [link(`${urgent ? '🔴 ' : ''}${number}`, 'card', id)]),
    ...turns(builder, found),
    [link(say.label('home.queue'), 'queue'), link(say.label('worklist.buttons.find'), 'find')],
  ])
}

/** Families by what they need: a curator's own with the members' names, a supervisor's with who is responsible. */
export const familiesView = (
  builder: CardBuilder,
  { found, all, ...around }: Around & { found: Families; all: boolean },
): View => {
  const { say, link } = builder
  const { items, total } = found
  const lines = items.map((family) => {
    const { number, names, stage, level, holder, urgent } = family
    const place = optionLabel(say, around.region.code, 'stages', stage)
    const known = names.length > 0
    const spoken = say.label(level === null ? 'caseload.noLevel' : `caseload.levels.${level}`)
    return joined(
      known
        ? say.t('worklist.familyLine', { number, names: shortNames(say, names, 3) })
        : say.t('worklist.familyLineBare', { number, stage: place }),
      urgent && say.t('worklist.familyUrgent'),
      needLine(say, family, around),
      known && say.t('worklist.level', { level: spoken, stage: place }),
      holder === null ? say.t('worklist.nobody') : all && say.t('worklist.holder', { name: holder }),
    )
  })
  const title = total === 0 ? say.t('caseload.empty') : say.t('caseload.title', { count: total })
  const named = items.some(({ names }) => names.length > 0)
  return builder.card(
    'caseload',
    paragraphs(title, ...lines, pageLine(say, found)),
    [
      ...items.map(({ id, number, names, urgent }) => [
        link(`${urgent ? '🔴 ' : ''}${familyLabel(say, number, names)}`, 'f-card', id),
      ]),
      ...turns(builder, found),
      [link(say.label('worklist.terms.button'), 'terms'), link(say.label('worklist.buttons.find'), 'find')],
    ],
    named ? { confidential: true } : {},
  )
}

const joined = (...lines: (string | null | false)[]): string => lines.filter(Boolean).join('\n')

/** Labels are one line on a small phone. */
const longestNames = 12

const familyLabel = (say: Say, number: number, names: readonly string[]): string => {
  const [first] = names
  if (first === undefined) return say.label('families.one', { number })
  const called = shortNames(say, names, 2)
  const fits = called.length <= longestNames ? called : first.slice(0, longestNames)
  return say.label('worklist.buttons.family', { number: say.label('families.one', { number }), names: fits })
}

const shortNames = (say: Say, names: readonly string[], most: number): string => {
  const shown = names.slice(0, most).join(', ')
  const number = names.length - most
  return number > 0 ? say.label('worklist.more', { names: shown, number }) : shown
}

const turns = ({ say, button }: CardBuilder, { page, pages }: WorkPage<unknown>): Button[][] => {
  const row = pager(
    { say, button },
    { back: page > 0 ? page - 1 : null, on: page < pages - 1 ? page + 1 : null },
  )
  return row.length > 0 ? [row] : []
}

const pageLine = (say: Say, { page, pages }: WorkPage<unknown>): string | false =>
  pages > 1 && say.t('worklist.pageOf', { page: page + 1, pages })

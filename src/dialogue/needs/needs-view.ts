import { formatBirthDate } from '#core/dates.ts'
import { escapeHtml, type Say } from '#core/text.ts'
import { type CardBuilder, pager, paragraphs } from '#dialogue/card-builder.ts'
import { rowsOfThree } from '#dialogue/requests/staff-act-view.ts'
import type { Button, View } from '#dialogue/view.ts'
import type { SpecialMark } from '#features/consents/special-grounds.ts'
import type { CaseNeed } from '#features/needs/case-needs.ts'
import type { Region } from '#regions/schema.ts'
import type { Family } from '#storage/families/families.ts'
import type { NeedFinder, NeedKind } from '#storage/needs/case-needs.ts'
import { optionLabel } from '../intake/option-label-view.ts'
import { specialLine } from './special-view.ts'

/** Of the kind, before the code of a button: a category may have the code of a circumstance. */
export const initials = { category: 'k', circumstance: 'c' } as const

type Around = { family: Family; region: Region; holding: readonly CaseNeed[]; main: CaseNeed | null }

const questions = { category: 'categories', circumstance: 'circumstances' } as const
const nameOf = (say: Say, region: Region, { kind, code }: { kind: NeedKind; code: string }): string =>
  optionLabel(say, region.code, questions[kind], code)

/** What holds today, the main category marked. */
export const needsView = (builder: CardBuilder, { family, holding, main, region }: Around): View => {
  const { say, button, link } = builder
  const line = (need: CaseNeed): string => {
    const values = {
      nth: holding.indexOf(need) + 1,
      name: nameOf(say, region, need),
      since: formatBirthDate(say, need.since),
      by: foundByWords(say, region, need.foundBy),
    }
    return say.t(need.needId === main?.needId ? 'needs.lineMain' : 'needs.line', values)
  }
  const part = (kind: NeedKind) => {
    const lines = holding.filter((need) => need.kind === kind).map(line)
    return lines.length > 0 && [say.t(`needs.${questions[kind]}`), ...lines].join('\n')
  }
  const active = family.status === 'active'
  return builder.card(
    'family-needs',
    paragraphs(
      say.t('needs.title', { number: family.number }),
      part('category'),
      part('circumstance'),
      holding.length === 0 && say.t('needs.none'),
      holding.length > 0 && say.t('needs.hint'),
    ),
    [
      ...(active
        ? rowsOfThree(holding.map(({ needId }, index) => button(String(index + 1), 'set', needId)))
        : []),
      ...(active ? [[button(say.label('needs.add'), 'note')]] : []),
      [link(say.label('caseload.card'), 'f-card', family.id)],
    ],
    { back: false, confidential: true },
  )
}

/** One of them: it ends today, or becomes the main one. */
export const needView = (
  builder: CardBuilder,
  { need, main, special, region }: Around & { need: CaseNeed; special: SpecialMark | null },
): View => {
  const { say, button } = builder
  const isMain = main?.needId === need.needId
  const rows: Button[][] = [
    [button(say.label('needs.end'), 'yes')],
    ...(need.kind === 'category' && !isMain ? [[button(say.label('needs.main'), 'change')]] : []),
  ]
  return builder.card(
    'family-need',
    paragraphs(
      `<b>${escapeHtml(nameOf(say, region, need))}</b>`,
      say.t('needs.sinceLine', {
        since: formatBirthDate(say, need.since),
        by: foundByWords(say, region, need.foundBy),
      }),
      isMain && say.t('needs.isMain'),
      specialText(say, special),
      say.t('needs.endMeans'),
    ),
    rows,
    { confidential: true },
  )
}

const specialText = (say: Say, special: SpecialMark | null): string | null =>
  special && `<i>${escapeHtml(specialLine(say, special))}</i>`

/** One page holds the longest list of a region. */
const pageSize = 40

/** Which one is added. */
export const needChoiceView = (
  builder: CardBuilder,
  {
    choices,
    page,
    region,
  }: { choices: readonly { kind: NeedKind; code: string }[]; page: number; region: Region },
): View => {
  const { say, button } = builder
  const from = page * pageSize
  const shown = choices.slice(from, from + pageSize)
  const lines = shown.map((one, index) => `${index + 1}. ${escapeHtml(nameOf(say, region, one))}`)
  const numbers = shown.map(({ kind, code }, index) =>
    button(String(index + 1), 'set', `${initials[kind]}-${code}`),
  )
  const turn = pager(builder, {
    back: page > 0 ? page - 1 : null,
    on: choices.length > from + pageSize ? page + 1 : null,
  })
  return builder.card('family-need-add', paragraphs(say.t('needs.which'), lines.join('\n')), [
    ...rowsOfFive(numbers),
    ...(turn.length > 0 ? [turn] : []),
  ])
}

const rowsOfFive = (all: readonly Button[]): Button[][] =>
  all.flatMap((_, at) => (at % 5 === 0 ? [all.slice(at, at + 5)] : []))

/** A region may have another body than a commission. */
const foundByWords = (say: Say, { code }: Pick<Region, 'code'>, finder: NeedFinder): string => {
  const own = `regions.${code}.terms.bodyFound`
  return say.label(finder === 'body' && say.has(own) ? own : `needs.foundBy.${finder}`)
}
const finderWords = (say: Say, { code }: Pick<Region, 'code'>, finder: NeedFinder): string => {
  const own = `regions.${code}.terms.bodyFinder`
  return say.label(finder === 'body' && say.has(own) ? own : `needs.finders.${finder}`)
}

/** Who found it. */
export const finderView = (
  builder: CardBuilder,
  {
    region,
    finders,
    special,
    ...need
  }: {
    kind: NeedKind
    code: string
    region: Region
    finders: readonly NeedFinder[]
    special: SpecialMark | null
  },
): View => {
  const { say, button } = builder
  return builder.card(
    'family-need-by',
    paragraphs(
      `<b>${escapeHtml(nameOf(say, region, need))}</b>`,
      specialText(say, special),
      say.t('needs.whoFound'),
    ),
    finders.map((one) => [button(finderWords(say, region, one), 'set', one)]),
  )
}

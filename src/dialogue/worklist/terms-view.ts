import { formatDayUntil } from '#core/dates.ts'
import { type CardBuilder, pager, paragraphs } from '#dialogue/card-builder.ts'
import type { View } from '#dialogue/view.ts'
import type { TermView } from '#features/cases/terms-for-staff.ts'
import type { ListedTerm } from '#storage/cases/term-lists.ts'
import { type Around, termName } from './need-view.ts'

type Facts = Around & {
  terms: readonly ListedTerm[]
  /** ISO date in the region's zone. */
  today: string
  show: TermView
  page: number
  size: number
}

/** Terms, the first to end first: a line and a button for each family, nothing personal. */
export const termsView = (
  { say, link, button, card }: CardBuilder,
  { terms, today, show, page, size, region, now }: Facts,
): View => {
  const pages = Math.max(1, Math.ceil(terms.length / size))
  const at = Math.min(page, pages - 1)
  const items = terms.slice(at * size, (at + 1) * size)
  const lines = items.map(({ number, code, dueOn, actBy }) => {
    // Nine o'clock in UTC is that day in every zone of the regions.
    const instant = new Date(`${actBy}T09:00:00Z`)
    const over = today > dueOn
    return say.t(over ? 'worklist.terms.past' : 'worklist.terms.line', {
      number,
      what: termName(say, region.code, code),
      until: formatDayUntil(say, { instant, timeZone: region.timeZone, now }),
    })
  })
  const others = (['due', 'overdue', 'all'] as const).filter((one) => one !== show)
  const row = pager({ say, button }, { back: at > 0 ? at - 1 : null, on: at < pages - 1 ? at + 1 : null })
  const families = [...new Map(items.map((term) => [term.familyId, term.number]))]
  return card(
    'terms',
    paragraphs(
      say.t(`worklist.terms.title.${show}`),
      lines.length === 0 ? say.t('worklist.terms.none') : lines.join('\n'),
      pages > 1 && say.t('worklist.pageOf', { page: at + 1, pages }),
    ),
    [
      ...families.map(([id, number]) => [link(say.label('families.one', { number }), 'f-card', id)]),
      ...(row.length > 0 ? [row] : []),
      ...others.map((one) => [button(say.label(`worklist.terms.show.${one}`), 'set', one)]),
    ],
  )
}

import { formatDay, formatTime } from '#core/dates.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import type { View } from '#dialogue/view.ts'
import type { Named } from '#features/staff/mentions.ts'
import type { ReadNote } from '#features/families/family-notes.ts'
import type { Region } from '#regions/schema.ts'
import type { Family } from '#storage/families/families.ts'
import { textPages } from '../text-pages.ts'
import { turnPages } from '../requests/talk-view.ts'

type Facts = { family: Family; notes: readonly ReadNote[]; page: number; region: Region; now: Date }

/** What staff have written about a family, the newest page first. */
export const familyNotesView = (builder: CardBuilder, facts: Facts): View => {
  const { family, notes, page, region, now } = facts
  const { say, link, button } = builder
  const { timeZone } = region
  const names = (all: readonly Named[]) => all.map(({ name }) => name).join(', ')
  const blocks = notes.toReversed().map(({ at, author, text, mentioned, keptFrom }) => ({
    head: [
      say.t(author ? 'mentions.by' : 'mentions.bySystem', {
        day: formatDay(say, { instant: at, timeZone, now }),
        time: formatTime(at, timeZone),
        name: author?.name ?? '',
      }),
      mentioned.length > 0 && say.t('mentions.told', { names: names(mentioned) }),
      keptFrom.length > 0 && say.t('mentions.keptFrom', { names: names(keptFrom) }),
    ]
      .filter(Boolean)
      .join('\n'),
    text,
  }))
  const pages = textPages(blocks)
  const { shown, turns } = turnPages(builder, pages, page)
  return builder.card(
    'family-notes',
    paragraphs(
      say.t('mentions.familyTitle', { number: family.number }),
      ...(notes.length === 0 ? [say.t('mentions.none')] : shown),
    ),
    [
      ...turns,
      [button(say.label('mentions.write'), 'note')],
      [link(say.label('caseload.card'), 'f-card', family.id)],
    ],
    { back: false, confidential: true },
  )
}

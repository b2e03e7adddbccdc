import { formatDay, formatTime } from '#core/dates.ts'
import { type CardBuilder, pager, paragraphs } from '#dialogue/card-builder.ts'
import { fileName } from '#dialogue/messages/file-name-view.ts'
import { textPages } from '#dialogue/text-pages.ts'
import type { RequestLine } from '#features/requests/conversation.ts'
import type { Region } from '#regions/schema.ts'
import type { Button, View } from '../view.ts'

export type TalkFacts = {
  talk: { number: string; open: boolean; lines: readonly (RequestLine & { name: string })[] } | null
  region: Region
  now: Date
  /** How many pages back from the newest. */
  page: number
}

/** The conversation, newest page first; the family's own lines are headed «Вы». */
export const talkView = (builder: CardBuilder, { talk, region, now, page }: TalkFacts): View => {
  const { say, button, link } = builder
  const { timeZone } = region
  const blocks = (talk?.lines ?? []).map(({ at, kind, name, text, file }) => {
    const who = kind === 'note' ? say.label('talk.you') : name
    const day = formatDay(say, { instant: at, timeZone, now })
    const head = say.t('talk.line', { who, day, time: formatTime(at, timeZone) })
    return { head: [head, file && fileName(say, file)].filter(Boolean).join('\n'), text }
  })
  const pages = textPages(blocks)
  const { shown, turns } = turnPages(builder, pages, page)
  return builder.card(
    'talk',
    paragraphs(say.t('talk.title'), ...(blocks.length > 0 ? shown : [say.t('talk.empty')])),
    [
      ...turns,
      ...(talk?.open ? [[button(say.label('talk.answer'), 'note')]] : []),
      [link(say.label('home.status'), 'status')],
    ],
  )
}

/** A page, counted back from the newest, and its pager. */
export const turnPages = (
  { say, button }: CardBuilder,
  pages: readonly string[][],
  page: number,
): { shown: string[]; turns: Button[][] } => {
  const back = Math.min(page, pages.length - 1)
  const turns = [
    ...pager(
      { say, button },
      { back: back < pages.length - 1 ? back + 1 : null, on: back > 0 ? back - 1 : null },
    ),
  ]
  return { shown: pages.at(-1 - back) ?? [], turns: turns.length > 0 ? [turns] : [] }
}

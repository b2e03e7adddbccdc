import { formatDay, formatTime } from '#core/dates.ts'
import type { RequestLine } from '#features/requests/conversation.ts'
import type { Region } from '#regions/schema.ts'
import type { Button, View } from '../view.ts'
import { type Pen, paragraphs } from '#dialogue/card-builder.ts'
import { textPages } from '#dialogue/text-pages.ts'

export type TalkFacts = {
  talk: { number: string; open: boolean; lines: readonly (RequestLine & { name: string })[] } | null
  region: Region
  now: Date
  /** How many pages back from the newest. */
  page: number
}

/** The family and its specialist, in turn, the newest page first; the family's own words are called «Вы». */
export const talkView = (pen: Pen, { talk, region, now, page }: TalkFacts): View => {
  const { say, button, link } = pen
  const { timeZone } = region
  const blocks = (talk?.lines ?? []).map(({ at, kind, name, text }) => {
    const who = kind === 'note' ? say.label('talk.you') : name
    const day = formatDay(say, { instant: at, timeZone, now })
    return { head: say.t('talk.line', { who, day, time: formatTime(at, timeZone) }), text }
  })
  const pages = textPages(blocks)
  const { shown, turns } = turnPages(pen, pages, page)
  return pen.card(
    'talk',
    paragraphs(say.t('talk.title'), ...(blocks.length > 0 ? shown : [say.t('talk.empty')])),
    [
      ...turns,
      ...(talk?.open ? [[button(say.label('talk.answer'), 'note')]] : []),
      [link(say.label('home.status'), 'status')],
    ],
  )
}

/** The page so many pages before the newest, and the buttons to its neighbours. */
export const turnPages = (
  { say, button }: Pen,
  pages: readonly string[][],
  page: number,
): { shown: string[]; turns: Button[][] } => {
  const back = Math.min(page, pages.length - 1)
  const turns = [
    ...(back < pages.length - 1
      ? [button(`‹ ${say.label('question.pageBack')}`, 'page', String(back + 1))]
      : []),
    ...(back > 0 ? [button(`${say.label('question.pageOn')} ›`, 'page', String(back - 1))] : []),
  ]
  return { shown: pages.at(-1 - back) ?? [], turns: turns.length > 0 ? [turns] : [] }
}

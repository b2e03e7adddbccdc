import { formatDay, formatDayOn, formatTime } from '#core/dates.ts'
import type { Say } from '#core/text.ts'
import { type CardBuilder, pager } from '#dialogue/card-builder.ts'
import { textPages } from '#dialogue/text-pages.ts'
import type { MessageLine, MessageLines } from '#features/messages/thread-lines.ts'
import type { Button } from '../view.ts'
import { fileName, openFileLabel } from './file-name-view.ts'

/** Room for lines on a card beside the rest of it, in UTF-16 units, and the most lines: so many are read for a page. */
const room = 3200
export const linesAPage = 12

export type PageFacts = MessageLines & {
  /** How many pages back from the newest. */
  page: number
  timeZone: string
  now: Date
  /** How the reader's own lines and those of the other side are headed. */
  who: (line: MessageLine) => string
  /** Whether a line is the reader's own and shows delivery marks. */
  own: (line: MessageLine) => boolean
}

export type ThreadPage = {
  /** Html in the order of reading. */
  shown: string[]
  /** Buttons that open the files of the page, and lead to its neighbours. */
  files: Button[][]
  turns: Button[][]
}

type Piece = { html: string; file: MessageLine | null }

/** One page of a conversation, laid out backwards from the newest line, so that older pages keep their place. */
export const threadPage = (builder: CardBuilder, facts: PageFacts): ThreadPage => {
  const { lines, more, page } = facts
  const pages: Piece[][] = [[]]
  let free = room
  for (const line of lines) {
    for (const html of piecesOf(builder.say, line, facts).reverse()) {
      const last = pages.at(-1) ?? []
      if (last.length > 0 && (html.length > free || last.length === linesAPage)) {
        pages.push([])
        free = room
      }
      pages.at(-1)?.unshift({ html, file: null })
      free -= html.length
    }
    const first = pages.at(-1)?.[0]
    if (first && line.file) first.file = line
  }
  const back = Math.min(page, pages.length - 1)
  const pieces = pages[back] ?? []
  return {
    shown: pieces.map(({ html }) => html),
    files: fileRows(builder, pieces),
    turns: turnsOf(builder, back, back < pages.length - 1 || more),
  }
}

const piecesOf = (say: Say, line: MessageLine, { timeZone, now, who, own }: PageFacts): string[] => {
  const { at, text, file, deliveredAt, readAt, alarming, aboutActivity, aboutVisit } = line
  const mark = !own(line) ? '' : readAt ? ' ✓✓' : deliveredAt ? ' ✓' : ''
  const moment = { day: formatDay(say, { instant: at, timeZone, now }), time: formatTime(at, timeZone) }
  const head = [
    say.t('thread.line', { who: who(line), ...moment, mark }),
    alarming && !own(line) && say.t('thread.alarming'),
    aboutActivity && say.t('thread.aboutActivity'),
    aboutVisit &&
      say.t('thread.aboutVisit', {
        day: formatDayOn(say, { instant: aboutVisit, timeZone, now }),
        time: formatTime(aboutVisit, timeZone),
      }),
    file && fileName(say, file),
  ]
  const above = head.filter(Boolean).join('\n')
  return text === null ? [above] : textPages([{ head: above, text }]).flat()
}

const fileRows = ({ say, button }: CardBuilder, pieces: readonly Piece[]): Button[][] =>
  pieces.flatMap(({ file }) => (file?.file ? [[button(openFileLabel(say, file.file), 'file', file.id)]] : []))

const turnsOf = ({ say, button }: CardBuilder, back: number, older: boolean): Button[][] => {
  const turns = pager({ say, button }, { back: older ? back + 1 : null, on: back > 0 ? back - 1 : null })
  return turns.length > 0 ? [turns] : []
}

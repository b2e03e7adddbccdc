import { formatDay, formatTime } from '#core/dates.ts'
import { escapeHtml, type Say } from '#core/text.ts'
import type { Button, View } from '#dialogue/view.ts'
import type { AttachedFile } from '#features/messages/message-files.ts'
import type { MergedWords } from '#features/requests/case-contents.ts'
import type { Case } from '#features/requests/cases.ts'
import type { RequestLine } from '#features/requests/conversation.ts'
import type { Content, ContentQuestion } from '#features/requests/request-content.ts'
import type { Region } from '#regions/schema.ts'
import { type CardBuilder, paragraphs } from '../card-builder.ts'
import { answerInWords } from '../intake/summary-view.ts'
import { fileName, openFileLabel } from '../messages/file-name-view.ts'
import { type Block, blockPages } from '../text-pages.ts'
import { turnPages } from './talk-view.ts'

type DetailsFacts = {
  request: Pick<Case, 'id' | 'number'>
  region: Region
  now: Date
  content: Content
  /** The answers in the order of the questions; free text separately. */
  asked: readonly ContentQuestion[]
  lines: readonly RequestLine[]
  /** Of requests that were merged into it. */
  merged?: readonly MergedWords[]
  /** Where the reader goes on; by default to the request's own pages. */
  ways?: Button[][]
}

/** The answers of the questionnaire, without the story, which has a card of its own. */
export const detailsView = (
  builder: CardBuilder,
  { request, region, content, asked, merged = [], ways }: DetailsFacts,
): View => {
  const { say, link } = builder
  const linesOf = (of: { content: Content; asked: readonly ContentQuestion[] }) =>
    of.asked
      .map((id) => `<b>${say.t(`question.${id}.short`)}:</b> ${answerInWords(say, region, id, of.content)}`)
      .join('\n')
  return builder.card(
    'case.details',
    paragraphs(
      say.t('case.detailsTitle', { number: request.number }),
      linesOf({ content, asked }),
      // On the short way the words are all that was told of what happens.
      !asked.includes('circumstances') && content.ownWords && shortStory(say, content.ownWords),
      ...merged.map((one) => paragraphs(say.t('case.mergedFrom', { number: one.number }), linesOf(one))),
    ),
    ways ?? [
      [
        link(say.label('case.story'), 'story', request.id),
        link(say.label('case.contact'), 'contact', request.id),
      ],
      [link(say.label('case.card'), 'card', request.id)],
    ],
    { back: false, confidential: true },
  )
}

const mostOfStory = 1000

/** The story, as one answer among the others; what is longer is read on its own card. */
const shortStory = (say: Say, words: string): string => {
  const letters = [...words]
  const text = letters.length > mostOfStory ? `${letters.slice(0, mostOfStory).join('')}…` : words
  return `<b>${say.t('question.ownWords.short')}:</b> ${escapeHtml(text)}`
}

const lineKeys = {
  note: 'case.noteAt',
  answer: 'case.answerAt',
  'passed-on': 'case.reasonAt',
  'staff-note': 'case.staffNoteAt',
  'not-urgent': 'case.notUrgentAt',
  withdrawn: 'case.withdrawnAt',
} as const

/** The family's story and the conversation since; the newest page first. */
export const storyView = (builder: CardBuilder, facts: DetailsFacts & { page: number }): View => {
  const { say, link } = builder
  const { request, region, now, content, lines, merged = [], page, ways } = facts
  const { timeZone } = region
  const blockOf = ({ id, at, kind, text, file }: RequestLine): StoryBlock => {
    const day = formatDay(say, { instant: at, timeZone, now })
    const head = `<b>${say.t(lineKeys[kind], { day, time: formatTime(at, timeZone) })}</b>`
    return { head: [head, file && fileName(say, file)].filter(Boolean).join('\n'), text, file, key: `n${id}` }
  }
  // What is merged into it comes first: the newest page is where the conversation goes on.
  const pages = blockPages([
    ...merged.flatMap((one, nth) => [
      ...storyBlocks(say, one.content, { number: one.number, key: `d${nth}x` }),
      ...one.lines.map(blockOf),
    ]),
    ...storyBlocks(say, content),
    ...lines.map(blockOf),
  ])
  const back = Math.min(page, pages.length - 1)
  const shown = pages.at(-1 - back) ?? []
  const { turns } = turnPages(
    builder,
    pages.map(() => []),
    page,
  )
  return builder.card(
    'case.story',
    paragraphs(say.t('case.storyTitle', { number: request.number }), ...shown.map(({ html }) => html)),
    [
      ...filesOf(builder, shown),
      ...turns,
      ...(ways ?? [
        [link(say.label('case.details'), 'details', request.id)],
        [link(say.label('case.card'), 'card', request.id)],
      ]),
    ],
    { back: false, confidential: true },
  )
}

/** A part of the story, and the file that came with it. */
type StoryBlock = Block & { file: AttachedFile | null; key: string }

/** The story of the application: its words, then what was sent with them. */
const storyBlocks = (
  say: Say,
  { ownWords, ownFiles = [] }: Content,
  { number, key }: { number?: string; key: string } = { key: 's' },
): StoryBlock[] => [
  ...(ownWords || ownFiles.length === 0
    ? [
        {
          ...(number !== undefined && { head: say.t('case.mergedFrom', { number }) }),
          ...{ text: ownWords ?? say.label('case.noStory'), file: null, key: '' },
        },
      ]
    : []),
  ...ownFiles.map((file, index) => ({ head: fileName(say, file), text: '', file, key: `${key}${index}` })),
]

/** A button for each file of the page; a long text stands in several parts, and its file is opened once. */
const filesOf = ({ say, button }: CardBuilder, shown: readonly { block: StoryBlock }[]): Button[][] =>
  [...new Set(shown.map(({ block }) => block))].flatMap(({ file, key }) =>
    file ? [[button(openFileLabel(say, file), 'file', key)]] : [],
  )

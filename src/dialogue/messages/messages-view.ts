import { formatDayOn } from '#core/dates.ts'
import type { Say } from '#core/text.ts'
import type { Button, View } from '#dialogue/view.ts'
import type { AttachedFile } from '#features/messages/message-files.ts'
import type { ApartFor } from '#features/messages/messages-for-member.ts'
import type { ExpectedReader } from '#features/messages/messages-for-staff.ts'
import type { Awaited } from '#features/requests/awaited-reading.ts'
import type { MessageLines } from '#features/messages/thread-lines.ts'
import type { SmallTalk } from '#features/words/small-talk.ts'
import type { Region } from '#regions/schema.ts'
import { type CardBuilder, paragraphs } from '../card-builder.ts'
import { latePart } from '../requests/late-view.ts'
import { fileName } from './file-name-view.ts'
import { expectedLine } from './reading-time-view.ts'
import { threadPage } from './thread-lines-view.ts'

export type MessagesFacts = MessageLines & {
  expected: ExpectedReader
  /** By when what they wrote is read, as it was promised; null if nothing is unread. */
  awaited: Awaited | null
  /** The centre's contact outside of the bot. */
  contact: string
  /** The account is not confirmed yet. */
  earlierHidden: boolean
  /** The conversation is hidden from the curator. */
  apart: ApartFor | null
  /** Whether to let the curator read it is being asked. */
  asking: boolean
  /** A message has just been sent. */
  sent: boolean
  /** It was about the curator, and the talk apart began with it. */
  begun: boolean
  page: number
  region: Region
  now: Date
}

/** A member's conversation with the centre: the newest page, then who reads it and when. */
export const messagesView = (builder: CardBuilder, facts: MessagesFacts): View => {
  const { say, button } = builder
  const { lines, more, earlierHidden, apart, sent, begun, page, region, now } = facts
  if (apart?.mayEnd && facts.asking) return openToCuratorView(builder, apart)
  const own = ({ author }: { author: string }) => author === 'member'
  const { shown, files, turns } = threadPage(builder, {
    ...{ lines, more, page, now, own },
    timeZone: region.timeZone,
    who: (line) => (own(line) ? say.label('talk.you') : (line.by ?? '')),
  })
  const html = paragraphs(
    sent && say.t('messages.sent'),
    begun && apart && begunLines(say, facts, apart),
    sent &&
      !begun &&
      (apart ? apartSentLine(say, facts) : sentLine(say, facts, lines.findLast(own)?.alarming)),
    !sent && facts.awaited && latePart(say, facts.awaited, facts),
    say.t('messages.title'),
    earlierHidden && say.t('account.earlierHidden'),
    ...(lines.length > 0 ? shown : [say.t('talk.empty')]),
    lines.some(own) && say.t('messages.marks'),
    !sent && !facts.awaited?.late && (apart ? apartLine(say, facts, apart) : readLine(say, facts)),
    say.t(apart ? 'messages.hintApart' : 'messages.hint'),
  )
  const rows: Button[][] = [...files, ...turns, [button(say.label('messages.write'), 'note')]]
  if (apart?.mayEnd) rows.push([button(say.label('messages.apart.open'), 'set', 'curator')])
  return builder.card('messages', html, rows)
}

/** Who reads it and when: as it was promised, as long as that has not passed. */
const readLine = (say: Say, { expected, awaited, region, now }: MessagesFacts): string =>
  expectedLine(say, { expected: awaited && !awaited.late ? awaited.expected : expected, region, now })

/** Words of danger go to the phones of staff at once, whatever hour is promised. */
const sentLine = (say: Say, facts: MessagesFacts, alarming = false): string => {
  const told = alarming && (facts.awaited ?? facts).expected.kind === 'from'
  return [readLine(say, facts), told && say.t('status.toldAtOnce')].filter(Boolean).join(' ')
}

/** Who reads words about the curator, and by when; and that they may go to the curator all the same. */
const begunLines = (say: Say, facts: MessagesFacts, { names }: ApartFor): string =>
  say.t('messages.apart.begun', { names: names.join(', '), reader: otherReader(say, facts) })

type Reading = Pick<MessagesFacts, 'expected' | 'region' | 'now'>

/** Who reads instead of the curator, by the rule of the routing. */
const otherReader = (say: Say, { expected, region, now }: Reading): string =>
  expectedLine(say, { expected: { ...expected, name: say.t('messages.apart.other') }, region, now })

/** The receipt of what the curator does not read, as nothing of this conversation. */
export const apartSentLine = (say: Say, facts: Reading): string =>
  say.t('messages.apart.unseen', { reader: otherReader(say, facts) })

/** The answer to politeness. */
export const kindLine = (say: Say, talk: SmallTalk | 'helloGreeted', apart: boolean): string =>
  [say.t(`words.smallTalkSent.${talk}`), apart && say.t('messages.apart.kindly')].filter(Boolean).join(' ')

/** From whom the conversation is hidden, because the member asked for that, and who reads it. */
const apartLine = (say: Say, facts: MessagesFacts, { names, since }: ApartFor): string => {
  const { awaited, expected, region, now } = facts
  const promised = awaited && !awaited.late ? awaited.expected : expected
  return say.t('messages.apart.line', {
    names: names.join(', '),
    day: formatDayOn(say, { instant: since, timeZone: region.timeZone, now }),
    reader: otherReader(say, { expected: promised, region, now }),
  })
}

/** Asks before the curator may read everything: that cannot be undone. */
const openToCuratorView = ({ say, button, card }: CardBuilder, { names }: ApartFor): View =>
  card('messages.apart', say.t('messages.apart.sure', { names: names.join(', ') }), [
    [button(say.label('messages.apart.yes'), 'yes')],
    [button(say.label('messages.apart.no'), 'no')],
  ])

/** Asks for one message, and says who reads it. */
export const messagesWriteView = (builder: CardBuilder): View =>
  builder.card('messages-write', builder.say.t('messages.what'), [])

/** A file of a conversation; it is deleted from the chat again. */
export const fileView = ({ say }: CardBuilder, file: AttachedFile, minutes: number): View => ({
  screen: 'thread.file',
  html: paragraphs(fileName(say, file), say.t('thread.fileGone', { count: minutes })),
  rows: [],
  confidential: true,
  file: { kind: file.kind, fileId: file.fileId },
})

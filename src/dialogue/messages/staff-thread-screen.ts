import { z } from 'zod'
import type { Screen, Step, Turn } from '#dialogue/screen.ts'
import { fileView } from './messages-view.ts'
import { createPen } from '#dialogue/card-builder.ts'
import { threadsView, threadView, threadWriteView } from './staff-thread-view.ts'
import { linesAPage } from './thread-lines-view.ts'
import {
  answerMember,
  mustBeAllowedToAnswer,
  openThread,
  threadFile,
  threadsOf,
} from '#features/messages/threads.ts'
import type { MessageContent } from '#features/messages/write-message.ts'
import { fileMinutes, refusedMessage, saidFile, saidWords } from './compose-message.ts'

/** The conversations of a family's members; names stand on it, so each sight is audited. */
export const familyThreadsScreen: Screen<'f-thread'> = {
  draw: async (turn, { familyId }) => {
    const { deps, say, session } = turn
    const as = asStaff(turn)
    const found = await deps.database.transaction((tx) => threadsOf(tx, deps, { ...as, familyId }))
    return threadsView(createPen(say, session.revision), found)
  },
}

/** One member's conversation. Drawing it is a sight, and audited each time; what they wrote is read by that. */
export const threadScreen: Screen<'thread'> = {
  draw: async (turn, { memberId, page = 0 }) => {
    const { deps, say, session, now } = turn
    const asked = { ...asStaff(turn), memberId, limit: linesAPage * (page + 1) }
    const opened = await deps.database.transaction((tx) => openThread(tx, deps, asked))
    return threadView(createPen(say, session.revision), { ...opened, page, region: deps.region, now })
  },
  tap: (turn, { memberId }, tap) => {
    if (tap.action === 'page' && /^\d{1,3}$/.test(tap.arg))
      return { to: { name: 'thread', memberId, page: Number(tap.arg) } }
    if (tap.action === 'note') return toWrite(turn, memberId)
    return tap.action === 'file' ? openFile(turn, memberId, tap.arg) : null
  },
}

/** Asks for the answer, which only this card takes: words on another one do not reach a family by mistake. */
export const threadWriteScreen: Screen<'thread-write'> = {
  draw: ({ say, session }) => threadWriteView(createPen(say, session.revision)),
  tap: (_, { memberId }, tap) => (tap.action === 'back' ? { to: { name: 'thread', memberId } } : null),
  words: (turn, { memberId }, text) => send(turn, memberId, saidWords(text)),
  file: (turn, { memberId }, sent) => send(turn, memberId, saidFile(sent)),
}

const asStaff = ({ who, now }: Turn) => ({ staff: who?.staff, now })

const toWrite = async (turn: Turn, memberId: string): Promise<Step> => {
  await turn.deps.database.transaction((tx) => mustBeAllowedToAnswer(tx, { ...asStaff(turn), memberId }))
  return { to: { name: 'thread-write', memberId } }
}

const send = async (turn: Turn, memberId: string, said: MessageContent): Promise<Step> => {
  const refused = refusedMessage(turn, { name: 'thread-write', memberId }, said)
  if (refused) return refused
  const { told } = await turn.once((tx) => answerMember(tx, turn.deps, { ...asStaff(turn), memberId, said }))
  const notice = turn.say.t(told ? 'thread.sent' : 'thread.sentSilently')
  return { to: { name: 'thread', memberId }, notice }
}

const openFile = async (turn: Turn, memberId: string, messageId: string): Promise<Step | null> => {
  if (!z.uuid().safeParse(messageId).success) return null
  const { deps, say, session } = turn
  const asked = { ...asStaff(turn), memberId, messageId }
  const file = await deps.database.transaction((tx) => threadFile(tx, deps, asked))
  const view = fileView(createPen(say, session.revision), file, fileMinutes)
  return { to: session.screen, still: true, aside: { view, deleteAfterMinutes: fileMinutes } }
}

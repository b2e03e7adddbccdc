import { z } from 'zod'
import type { Screen, Step, Turn } from '#dialogue/screen.ts'
import type { ScreenState } from '#dialogue/session.ts'
import { fileView, messagesView, messagesWriteView } from './messages-view.ts'
import { createPen } from '#dialogue/card-builder.ts'
import { linesAPage } from './thread-lines-view.ts'
import { openThreadForMember, fileForMember, writeAsMember } from '#features/messages/messages-for-member.ts'
import type { MessageContent } from '#features/messages/write-message.ts'
import { fileMinutes, refusedMessage, saidFile, saidWords } from './compose-message.ts'

type State = Extract<ScreenState, { name: 'messages' | 'messages-write' }>

/** The own conversation with the centre. Words and files that are sent on it are taken as a message. */
export const messagesScreen: Screen<'messages'> = {
  draw: async (turn, { familyId, page = 0, just }) => {
    const { deps, who, say, session, now } = turn
    const limit = linesAPage * (page + 1)
    const opened = await deps.database.transaction((tx) =>
      openThreadForMember(tx, deps, { who, familyId, limit, now }),
    )
    const facts = { ...opened, sent: just === 'sent', page, region: deps.region, now }
    return messagesView(createPen(say, session.revision), facts)
  },
  tap: (turn, state, tap) => {
    const { familyId } = state
    if (tap.action === 'note') return { to: { name: 'messages-write', familyId } }
    if (tap.action === 'page' && /^\d{1,3}$/.test(tap.arg))
      return { to: { name: 'messages', familyId, page: Number(tap.arg) } }
    return tap.action === 'file' ? openFile(turn, state, tap.arg) : null
  },
  words: (turn, state, text) => send(turn, state, saidWords(text)),
  file: (turn, state, sent) => send(turn, state, saidFile(sent)),
}

/** Asks for one message. */
export const messagesWriteScreen: Screen<'messages-write'> = {
  draw: ({ say, session }) => messagesWriteView(createPen(say, session.revision)),
  tap: (_, { familyId }, tap) => (tap.action === 'back' ? { to: { name: 'messages', familyId } } : null),
  words: (turn, state, text) => send(turn, state, saidWords(text)),
  file: (turn, state, sent) => send(turn, state, saidFile(sent)),
}

const send = async (turn: Turn, state: State, said: MessageContent): Promise<Step> => {
  const refused = refusedMessage(turn, state, said)
  if (refused) return refused
  const { familyId } = state
  const { deps, who, now } = turn
  await turn.once((tx) => writeAsMember(tx, deps, { who, familyId, said, now }))
  return { to: { name: 'messages', familyId, just: 'sent' } }
}

const openFile = async (turn: Turn, state: State, messageId: string): Promise<Step | null> => {
  if (!z.uuid().safeParse(messageId).success) return null
  const { deps, who, now, say, session } = turn
  const own = { who, familyId: state.familyId, messageId, now }
  const file = await deps.database.transaction((tx) => fileForMember(tx, deps, own))
  const view = fileView(createPen(say, session.revision), file, fileMinutes)
  return { to: state, still: true, aside: { view, deleteAfterMinutes: fileMinutes } }
}

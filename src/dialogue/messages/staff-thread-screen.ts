import { z } from 'zod'
import { pageOf } from '#dialogue/callback-data.ts'
import { readSafety } from '#dialogue/families/read-safety.ts'
import { byId, defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import {
  answerMember,
  mustBeAllowedToAnswer,
  openThread,
  threadFile,
  threadsOf,
} from '#features/messages/threads.ts'
import type { MessageContent } from '#features/messages/message-files.ts'
import { fileMinutes, passOn, saidFile, saidWords } from './compose-message.ts'
import { fileView } from './messages-view.ts'
import { threadsView, threadView, threadWriteView } from './staff-thread-view.ts'
import { linesAPage } from './thread-lines-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'f-thread': z.infer<typeof fThreadState>
    thread: z.infer<typeof threadState>
    'thread-write': z.infer<typeof threadWriteState>
  }
  interface Links {
    'f-thread': 'f-thread'
    thread: 'thread'
  }
}

const fThreadState = z.object({ familyId: z.uuid() })

/** The conversations of a family's members. It shows names, so every access is audited. */
export const familyThreadsScreen = defineScreen({
  name: 'f-thread',
  state: fThreadState,
  aside: true,
  links: { 'f-thread': byId((_, familyId) => ({ to: { name: 'f-thread', familyId } })) },
  draw: async (turn, { familyId }) => {
    const { deps, builder } = turn
    const as = asStaff(turn)
    const found = await deps.database.transaction((tx) => threadsOf(tx, deps, { ...as, familyId }))
    const safety = await readSafety(turn, familyId)
    return threadsView(builder, { ...found, safety, timeZone: deps.region.timeZone, now: turn.now })
  },
})

const threadState = z.object({ memberId: z.uuid(), page: z.number().int().min(0).optional() })

/** One member's conversation. Every access is audited and marks the messages as read. */
export const threadScreen = defineScreen({
  name: 'thread',
  state: threadState,
  aside: true,
  varies: ['page'],
  links: { thread: byId((_, memberId) => ({ to: { name: 'thread', memberId } })) },
  draw: async (turn, { memberId, page = 0 }) => {
    const { deps, now, builder } = turn
    const asked = { ...asStaff(turn), memberId, limit: linesAPage * (page + 1) }
    const opened = await deps.database.transaction((tx) => openThread(tx, deps, asked))
    const safety = await readSafety(turn, opened.family.id)
    return threadView(builder, { ...opened, safety, page, region: deps.region, now })
  },
  tap: (turn, { memberId }, tap) => {
    const page = pageOf(tap)
    if (page !== null) return { to: { name: 'thread', memberId, page } }
    if (tap.action === 'note') return toWrite(turn, memberId)
    return tap.action === 'file' ? openFile(turn, memberId, tap.arg) : null
  },
})

const threadWriteState = z.object({ memberId: z.uuid() })

/** Asks for the answer, which this card takes without asking to whom; words beside it are confirmed first (`staff-send`). */
export const threadWriteScreen = defineScreen({
  name: 'thread-write',
  state: threadWriteState,
  aside: true,
  afterCommit: (_, { memberId }) => ({ name: 'thread', memberId }),
  draw: async (turn, { memberId }) => {
    const { deps, now, builder } = turn
    const familyId = await deps.database.transaction((tx) =>
      mustBeAllowedToAnswer(tx, { ...asStaff(turn), memberId }),
    )
    const safety = await readSafety(turn, familyId)
    return threadWriteView(builder, { safety, timeZone: deps.region.timeZone, now })
  },
  tap: (_, { memberId }, tap) => {
    if (tap.action === 'set' && tap.arg === 'ready')
      return { to: { name: 'quick-replies', to: { memberId } } }
    return tap.action === 'back' ? { to: { name: 'thread', memberId } } : null
  },
  words: (turn, { memberId }, text) => send(turn, memberId, saidWords(text)),
  file: (turn, { memberId }, sent) => send(turn, memberId, saidFile(sent)),
})

const asStaff = ({ who, now }: Turn) => ({ staff: who?.staff, now })

const toWrite = async (turn: Turn, memberId: string): Promise<Step> => {
  await turn.deps.database.transaction((tx) => mustBeAllowedToAnswer(tx, { ...asStaff(turn), memberId }))
  return { to: { name: 'thread-write', memberId } }
}

const send = (turn: Turn, memberId: string, content: MessageContent): Promise<Step | null> =>
  passOn(turn, content, { name: 'thread-write', memberId }, async (said) => {
    const { told } = await turn.once((tx) =>
      answerMember(tx, turn.deps, { ...asStaff(turn), memberId, said }),
    )
    const notice = turn.say.t(told ? 'thread.sent' : 'thread.sentSilently')
    return { to: { name: 'thread', memberId }, notice }
  })

const openFile = async (turn: Turn, memberId: string, messageId: string): Promise<Step | null> => {
  if (!z.uuid().safeParse(messageId).success) return null
  const { deps, session, builder } = turn
  const asked = { ...asStaff(turn), memberId, messageId }
  const file = await deps.database.transaction((tx) => threadFile(tx, deps, asked))
  const view = fileView(builder, file, fileMinutes)
  return { to: session.screen, still: true, aside: { view, deleteAfterMinutes: fileMinutes } }
}

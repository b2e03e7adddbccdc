import { z } from 'zod'
import { pageOf } from '#dialogue/callback-data.ts'
import { heardNow } from '#dialogue/hearing.ts'
import type { StateOf } from '#dialogue/registry.ts'
import { byId, defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { familyForMember } from '#features/families/family-for-member.ts'
import {
  endApartAsMember,
  fileForMember,
  openThreadForMember,
  writeAsMember,
} from '#features/messages/messages-for-member.ts'
import type { MessageContent } from '#features/messages/message-files.ts'
import { smallTalkIn } from '#features/words/small-talk.ts'
import { fileMinutes, passOn, saidFile, saidWords } from './compose-message.ts'
import { receipt } from '../words/receipt.ts'
import { fileView, kindLine, messagesView, messagesWriteView } from './messages-view.ts'
import { sentIn } from './sent-in.ts'
import { linesAPage } from './thread-lines-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    messages: z.infer<typeof messagesState>
    'messages-write': z.infer<typeof messagesWriteState>
  }
  interface Links {
    messages: 'messages'
  }
}

type State = StateOf<'messages' | 'messages-write'>

const messagesState = z.object({
  /** Named, because the person may choose another of their families meanwhile. */
  familyId: z.uuid(),
  page: z.number().int().min(0).optional(),
  /** `apart`: the words were about the curator, and go to somebody else; `kept`: as those before. */
  just: z.enum(['sent', 'apart', 'kept']).optional(),
  /** Whether the curator may read it again is being asked. */
  asking: z.literal('curator').optional(),
})

/** The member's conversation with the centre. Text and files sent on it become messages. */
export const messagesScreen = defineScreen({
  name: 'messages',
  state: messagesState,
  aside: true,
  interruptible: true,
  varies: ['page', 'just', 'asking'],
  links: { messages: (turn, arg) => (arg === '' ? openMessages(turn) : openOfFamily(turn, arg)) },
  commands: {
    messages: { description: 'commands.messages', menus: { family: 3 }, run: (turn) => openMessages(turn) },
  },
  afterCommit: (_, { familyId }) => ({ name: 'messages', familyId, just: 'sent' }),
  about: (_, { familyId }) => ({ kind: 'family', familyId }),
  draw: async (turn, { familyId, page = 0, just, asking }) => {
    const { deps, who, now, builder } = turn
    const limit = linesAPage * (page + 1)
    const opened = await deps.database.transaction((tx) =>
      openThreadForMember(tx, deps, { who, familyId, limit, now }),
    )
    const facts = {
      ...opened,
      sent: just !== undefined,
      begun: just === 'apart',
      asking: asking === 'curator',
      page,
      contact: deps.organisation.contact,
      region: deps.region,
      now,
    }
    return messagesView(builder, facts)
  },
  tap: (turn, state, tap) => {
    const { familyId } = state
    if (tap.action === 'set' && tap.arg === 'curator')
      return { to: { name: 'messages', familyId, asking: 'curator' } }
    if (tap.action === 'no') return { to: { name: 'messages', familyId } }
    if (tap.action === 'yes' && state.asking) return letCuratorRead(turn, familyId)
    if (tap.action === 'note') return { to: { name: 'messages-write', familyId } }
    const page = pageOf(tap)
    if (page !== null) return { to: { name: 'messages', familyId, page } }
    return tap.action === 'file' ? openFile(turn, state, tap.arg) : null
  },
  words: (turn, state, text) => send(turn, state, saidWords(text)),
  file: (turn, state, sent) => send(turn, state, saidFile(sent)),
})

const messagesWriteState = z.object({ familyId: z.uuid() })

/** Asks for one message. */
export const messagesWriteScreen = defineScreen({
  name: 'messages-write',
  state: messagesWriteState,
  aside: true,
  afterCommit: (_, { familyId }) => ({ name: 'messages', familyId, just: 'sent' }),
  about: (_, { familyId }) => ({ kind: 'family', familyId }),
  draw: ({ builder }) => messagesWriteView(builder),
  tap: (_, { familyId }, tap) => (tap.action === 'back' ? { to: { name: 'messages', familyId } } : null),
  words: (turn, state, text) => send(turn, state, saidWords(text)),
  file: (turn, state, sent) => send(turn, state, saidFile(sent)),
})

const send = (turn: Turn, state: State, content: MessageContent): Promise<Step | null> => {
  const { deps, who, now, say } = turn
  const { familyId } = state
  // «Sent» is not said again of what was not.
  const stay: State = state.name === 'messages' ? { name: 'messages', familyId } : state
  return passOn(turn, content, stay, async (said) => {
    await turn.once((tx) => writeAsMember(tx, deps, { who, familyId, said, ...heardNow(turn), now }))
    // As beside the conversation: «спасибо» is answered in kind, instead of with an hour.
    const sent = await sentIn(turn, familyId)
    if (sent.just === 'apart') return { to: sent }
    const apart = sent.just === 'kept'
    const talk = said.file === null && said.text !== null ? smallTalkIn(said.text) : null
    const whole: Step = talk
      ? { to: { name: 'messages', familyId }, notice: kindLine(say, talk, apart) }
      : { to: sent }
    return receipt(turn, { readers: familyId, said, apart }, whole)
  })
}

const letCuratorRead = async (turn: Turn, familyId: string): Promise<Step> => {
  const { deps, who, now, say } = turn
  await turn.once((tx) => endApartAsMember(tx, deps, { who, familyId, now }))
  return { to: { name: 'messages', familyId }, notice: say.t('messages.apart.ended') }
}

const openFile = async (turn: Turn, state: State, messageId: string): Promise<Step | null> => {
  if (!z.uuid().safeParse(messageId).success) return null
  const { deps, who, now, builder } = turn
  const own = { who, familyId: state.familyId, messageId, now }
  const file = await deps.database.transaction((tx) => fileForMember(tx, deps, own))
  const view = fileView(builder, file, fileMinutes)
  return { to: state, still: true, aside: { view, deleteAfterMinutes: fileMinutes } }
}

/** Opens the conversation in the chosen family. Throws `not-found` for a non-member. */
const openMessages = ({ who, session }: Turn): Step => ({
  to: { name: 'messages', familyId: familyForMember(who, session.familyId).id },
})

const openOfFamily = byId(({ who, session }, familyId) => {
  session.familyId = familyForMember(who, familyId).id
  return { to: { name: 'messages', familyId } }
})

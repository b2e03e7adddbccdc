import { z } from 'zod'
import { defineScreen, type Turn, turnPage } from '#dialogue/screen.ts'
import { type OfferedReply, repliesForMember, repliesForRequest } from '#features/messages/quick-replies.ts'
import { quickRepliesView, quickReplyView } from './quick-replies-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'quick-replies': z.infer<typeof state>
  }
}

const state = z.object({
  to: z.union([z.object({ memberId: z.uuid() }), z.object({ requestId: z.uuid() })]),
  replyId: z.uuid().optional(),
  page: z.int().min(0).optional(),
})
type State = z.infer<typeof state>

const offeredTo = ({ deps, who, now }: Turn, { to }: Pick<State, 'to'>): Promise<OfferedReply[]> => {
  const as = { staff: who?.staff, now }
  return deps.database.transaction((tx) =>
    'memberId' in to
      ? repliesForMember(tx, deps, { ...as, ...to })
      : repliesForRequest(tx, deps, { ...as, ...to }),
  )
}

/** Ready answers for somebody: which, in which tone; what is chosen is confirmed before it is sent. */
export const quickRepliesScreen = defineScreen({
  name: 'quick-replies',
  state,
  aside: true,
  varies: ['page'],
  draw: async (turn, { replyId, page = 0, ...of }) => {
    const replies = await offeredTo(turn, of)
    const reply = replies.find(({ id }) => id === replyId)
    return reply ? quickReplyView(turn.builder, { reply }) : quickRepliesView(turn.builder, { replies, page })
  },
  tap: async (turn, { to, replyId, page }, tap) => {
    const list = { name: 'quick-replies' as const, to }
    if (tap.action === 'back') {
      if (replyId) return { to: list }
      return { to: 'memberId' in to ? { name: 'thread-write', ...to } : { name: 'write', ...to } }
    }
    if (!replyId) {
      const chosen = tap.action === 'set' ? z.uuid().safeParse(tap.arg).data : undefined
      return chosen ? { to: { ...list, replyId: chosen } } : turnPage({ ...list, page }, tap)
    }
    if (tap.action !== 'agree') return null
    const reply = (await offeredTo(turn, { to })).find(({ id }) => id === replyId)
    const chosen = reply?.tones.find(({ tone, missing }) => tone === tap.arg && missing.length === 0)
    return chosen ? { to: { name: 'staff-send', to, text: chosen.text, files: [] } } : { to: list }
  },
})

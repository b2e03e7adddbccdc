import { z } from 'zod'
import { type Tap, pageOf } from '#dialogue/callback-data.ts'
import { mostMentions } from '#features/staff/mentions.ts'

/** Who will be told of a note that is being written. */
export const chosenPeople = z.object({
  to: z.array(z.uuid()).max(mostMentions).optional(),
  page: z.int().min(0).optional(),
  problem: z.string().optional(),
})
type Chosen = z.infer<typeof chosenPeople>

/** The state after a tap on a name or on the pager; null for any other tap. */
export const afterChoosing = <S extends Chosen>(state: S, { action, arg, ...tap }: Tap): S | null => {
  const page = pageOf({ action, arg, ...tap })
  if (page !== null) return { ...state, page }
  const id = z.uuid().safeParse(arg).data
  const { to = [] } = state
  if (id && action === 'tick' && to.length < mostMentions) return { ...state, to: [...new Set([...to, id])] }
  return id && action === 'untick' ? { ...state, to: to.filter((one) => one !== id) } : null
}

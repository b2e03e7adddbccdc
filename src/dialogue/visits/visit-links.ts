import { z } from 'zod'
import type { Action } from '../callback-data.ts'
import type { Step, Turn } from '../screen.ts'
import type { ScreenState } from '../session.ts'
import { isAside } from '../navigation.ts'

const links = ['visits', 'visit', 'my-visits', 'f-visits', 'f-visit'] as const
type VisitLink = (typeof links)[number]

export const isVisitLink = (action: Action): action is VisitLink =>
  (links as readonly string[]).includes(action)

/** To visits and to one of them, from any card; who may see it is judged when it is drawn. Null for no id. */
export const followVisitLink = (turn: Turn, action: VisitLink, arg: string): Step | null => {
  const to = screenFor(turn, action, z.uuid().safeParse(arg).data)
  const { event } = turn.input
  const elsewhere = event.kind === 'tap' && event.messageId !== turn.session.cardId
  return to && { to, ...(elsewhere && { fresh: true }) }
}

const screenFor = (turn: Turn, action: VisitLink, id: string | undefined): ScreenState | null => {
  if (action === 'my-visits') return { name: 'my-visits' }
  if (action === 'visits') return { name: 'visits', ...(id && { familyId: id }), ...from(turn) }
  if (id === undefined) return null
  if (action === 'visit') return { name: 'visit', visitId: id, ...from(turn) }
  return action === 'f-visits' ? { name: 'f-visits', familyId: id } : { name: 'f-visit', visitId: id }
}

const from = ({ session }: Turn) => (isAside(session.screen) ? {} : { direct: true as const })

/** `/visits`: what staff have ahead, or who comes to the person's family. */
export const openVisits = (turn: Turn): Step => ({
  to:
    turn.who?.staff?.active && turn.who.families.length === 0
      ? { name: 'my-visits' }
      : { name: 'visits', ...from(turn) },
})

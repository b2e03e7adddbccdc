import type { Turn } from '#dialogue/screen.ts'
import { addressSaid } from '#features/words/address-said.ts'

/**
 * «Мне 13», or «мама меня бьёт», is how somebody wants to be spoken to, before they are asked who they are; «я мама» after it
 * takes it back. What was forwarded says nothing of who forwards it.
 */
export const addressAsSaid = (turn: Turn, text: string): void => {
  const { session, who, answers, deps, say, input } = turn
  const said = input.event.kind === 'edited' ? input.event.now : input.event
  if (who !== null || answers.applicant || ('forwarded' in said && said.forwarded)) return
  const address = addressSaid(text)
  if (address === null || address === (session.address ?? 'adult')) return
  session.address = address
  turn.say = deps.texts.for(say.language, address)
}

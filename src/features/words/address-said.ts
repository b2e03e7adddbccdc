import { soundsLikeChild } from '#features/danger/child-speaks.ts'
import { saysUnderEighteen } from './own-age.ts'
import { isQuoting, spokenPlainly } from './spoken-plainly.ts'
import { whoSpeaks } from './who-speaks.ts'

/**
 * How somebody who has not said their age wants to be spoken to: «ты» for what a child says, «вы» for what a parent says, null
 * where the words tell neither. It decides the form of address and nothing else: who writes is still asked.
 */
export const addressSaid = (text: string): 'adult' | 'minor' | null => {
  if (saysUnderEighteen(text)) return 'minor'
  const speaker = whoSpeaks(text)
  if (speaker === 'parent' || speaker === 'representative') return 'adult'
  return !isQuoting(spokenPlainly(text)) && soundsLikeChild(text) ? 'minor' : null
}

import type { Chat, Deed, Expected } from './chat.ts'

/** Plays a journey, and returns how many taps it took; commands count as taps, words do not. */
export const tapsOf = async (chat: Chat, steps: readonly (readonly [Deed, Expected])[]): Promise<number> => {
  await chat.play(steps)
  return steps.filter(([deed]) => typeof deed === 'string').length
}

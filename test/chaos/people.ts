import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'
import { type Chat, createChat } from '../support/chat.ts'
import type { Outside } from '../support/outside.ts'
import { submitPatiently } from '../support/patient.ts'
import { screenPattern } from '../support/screens.ts'

/** An update that is not done by then is stuck: nothing that the run does lasts that long. */
export const stuckMs = 20_000

export type Family = {
  chat: Chat
  number: string
  /** What they wrote after they had submitted, and whether the bot said that it has it. */
  words: string
  confirmed: boolean
}

/** A person whose request is submitted however often the bot dies, and who then writes something to it. */
export const takePart = async (
  world: Outside,
  n: number,
  onStuck: (what: string) => void,
): Promise<Family> => {
  const { id } = world.person({ phone: `+7900${String(1_000_000 + n)}` })
  const chat: Chat = createChat(world.telegram, id, () => settled(world, id, onStuck))
  const patiently = async <T>(work: () => Promise<T>): Promise<T> => {
    for (let left = 20; ; left -= 1) {
      try {
        return await work()
      } catch (error) {
        // A card was redrawn between the look and the tap.
        if (!(error instanceof Error) || left === 0 || !/No button/.test(error.message)) throw error
      }
    }
  }
  const number = await patiently(() => submitPatiently(chat))
  const words = `Дописываю под номером ${n}.`
  const confirmed = await patiently(() => write(chat, words))
  return { chat, number, words, confirmed }
}

const longestMs = 180_000
/** Nobody repeats words within seconds because the next card is not there yet. */
const patienceMs = 4_000

/**
 * Waits until the bot has taken everything of this person; the others go on meanwhile. Nobody says anything twice: what
 * waits too long is reported, and waited for; and so is the card that answers.
 */
const settled = async ({ telegram }: Outside, id: number, onStuck: (what: string) => void): Promise<void> => {
  const begun = performance.now()
  const seen = () => JSON.stringify(telegram.chat(id).filter(({ by }) => by === 'bot'))
  const before = seen()
  for (let told = false; ; await pause(10)) {
    const left = telegram.unfinishedOf(id)
    const waited = performance.now() - begun
    if (left.length === 0 && (seen() !== before || waited > patienceMs)) return
    if (left.length === 0) continue
    if (waited > longestMs) throw new Error(`Never delivered: ${left.join('; ')}`)
    if (waited > stuckMs && !told) {
      told = true
      onStuck(left.join('; '))
    }
  }
}

const mostDeeds = 60

/** Writes the words once, as a person would: whoever is not told that they were taken leaves it. */
const write = async (chat: Chat, words: string): Promise<boolean> => {
  for (let count = 0; count < mostDeeds; count += 1) {
    if (chat.messages().some(({ text }) => text === words)) break
    const labels = chat.buttons(chat.card()).map(({ text }) => text)
    if (screenPattern('note').test(chat.text())) await chat.say(words)
    else if (labels.includes('Дописать')) await chat.tap('Дописать')
    else await chat.say('/status')
  }
  return expect
    .poll(() => chat.allText(), { timeout: stuckMs })
    .toMatch(/Дописано/)
    .then(
      () => true,
      () => false,
    )
}

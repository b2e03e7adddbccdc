import type { phoneOf } from './open-page.ts'

export type Phone = ReturnType<typeof phoneOf>

/** A tap on a button (its label or the beginning of it), or text for the input; then the expected card. */
export type Deed = readonly [string | RegExp | { words: string }, string | RegExp]

/** A card that is rendered at that moment swallows the tap, so it is repeated if nothing happens. */
const patienceMs = 20_000
/** A timeout that a busy machine meets, too. */
const longestMs = 60_000
const betweenWordsMs = 3_500

const isWords = (deed: Deed[0] | undefined): boolean => typeof deed === 'object' && 'words' in deed

/** Plays the steps on a phone, waiting for each expected card. */
export const play = async (phone: Phone, deeds: readonly Deed[]): Promise<void> => {
  for (const [n, [deed, shown]] of deeds.entries()) {
    // What follows an answer in words within seconds belongs to it: nobody types that fast.
    if (isWords(deed) && isWords(deeds[n - 1]?.[0])) await phone.root.page().waitForTimeout(betweenWordsMs)
    const result = phone.message(shown).last()
    if (typeof deed === 'object' && 'words' in deed) await phone.say(deed.words)
    else if (deed === 'Начать') await phone.button(deed).click()
    else {
      const button = phone.root.locator('.inline-button').getByText(deed, { exact: true }).last()
      await button.click()
      const seen = await result.waitFor({ timeout: patienceMs }).then(
        () => true,
        () => false,
      )
      if (!seen && (await button.count()) > 0) await button.click()
    }
    await result.waitFor({ timeout: longestMs })
  }
}

import type { phoneOf } from './open-page.ts'

export type Phone = ReturnType<typeof phoneOf>

/** A tap on the button (its words, or the beginning of them), or words into the field; then the card that shows. */
export type Deed = readonly [string | RegExp | { words: string }, string | RegExp]

/** A card that is drawn anew just then takes the tap with it: whoever sees nothing happen taps once more. */
const patienceMs = 20_000
/** What comes when a busy machine has got round to it. */
const longestMs = 60_000

/** Does one thing after the other on a phone, and waits for what shows then. */
export const play = async (phone: Phone, deeds: readonly Deed[]): Promise<void> => {
  for (const [deed, shown] of deeds) {
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

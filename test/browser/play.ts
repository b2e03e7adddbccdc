import type { phoneOf } from './open-page.ts'

export type Phone = ReturnType<typeof phoneOf>

/** A tap on the button (its words, or the beginning of them), or words into the field; then the card that shows. */
export type Deed = readonly [string | RegExp | { words: string }, string | RegExp]

/** Does one thing after the other on a phone, and waits for what shows then. */
export const play = async (phone: Phone, deeds: readonly Deed[]): Promise<void> => {
  for (const [deed, shown] of deeds) {
    if (typeof deed === 'object' && 'words' in deed) await phone.say(deed.words)
    else if (deed === 'Начать') await phone.button(deed).click()
    else await phone.root.locator('.inline-button').getByText(deed, { exact: true }).last().click()
    await phone.message(shown).last().waitFor()
  }
}

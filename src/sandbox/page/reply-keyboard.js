import { h } from './dom.js'
import { phoneNumber } from './format.js'
import { icon } from './icons.js'
import { t } from './words.js'

/** @typedef {import('../protocol.ts').ReplyKeyboardView} ReplyKeyboard */
/** @typedef {import('./phone.js').Phone} Phone */

/**
 * The reply keyboard.
 * @param {Phone} phone
 */
export function createReplyKeyboard(phone) {
  const element = h('div', {
    class: 'reply-keyboard',
    role: 'group',
    label: 'chat.replyButtons',
    hidden: true,
  })
  let drawn = ''

  return {
    element,
    /**
     * @param {ReplyKeyboard | null} keyboard
     * @param {boolean} open
     */
    show(keyboard, open) {
      element.hidden = !keyboard || !open
      const next = JSON.stringify(keyboard?.rows ?? [])
      if (next === drawn) return
      drawn = next
      element.replaceChildren(
        ...(keyboard?.rows ?? []).map((row) =>
          h(
            'div',
            { class: 'reply-row' },
            ...row.map((button) =>
              h(
                'button',
                {
                  type: 'button',
                  class: 'reply-button',
                  on: {
                    click: () => (button.requestContact ? shareContact(phone) : phone.send(button.text)),
                  },
                },
                button.requestContact && icon('contact'),
                h('span', {}, button.text),
              ),
            ),
          ),
        ),
      )
    },
  }
}

/**
 * Asks for confirmation, as Telegram does: a phone number that has been sent cannot be taken back.
 * @param {Phone} phone
 */
export async function shareContact(phone) {
  const words = { bot: phone.store.bot()?.name ?? '', phone: phoneNumber(phone.person.phone) }
  const yes = await phone.notices.confirm(t('contact.title'), t('contact.text', words), 'contact.send')
  if (yes) await phone.notices.attempt(phone.actions.contact({}))
}

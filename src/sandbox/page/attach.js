import { h } from './dom.js'
import { openMenu } from './menu.js'
import { shareContact } from './reply-keyboard.js'
import { t } from './words.js'

/** @typedef {import('./phone.js').Phone} Phone */

const megabyte = 1024 * 1024
const limits = { document: 20 * megabyte, picture: 10 * megabyte }

/**
 * The attachment menu: everything but text that a person can send, to try the bot's reactions.
 * @param {Phone} phone
 */
export function createAttach(phone) {
  const inputs = {
    document: fileInput('document', '*/*'),
    picture: fileInput('picture', 'image/png,image/jpeg,image/webp,image/gif'),
  }

  /**
   * @param {'document' | 'picture'} kind
   * @param {string} accept
   */
  function fileInput(kind, accept) {
    const input = h('input', { type: 'file', accept, hidden: true, tabindex: -1, label: `attach.${kind}` })
    input.addEventListener('change', () => {
      const file = input.files?.[0]
      input.value = ''
      if (!file) return
      if (file.size > limits[kind]) phone.notices.toast(t('attach.tooBig', { size: limits[kind] / megabyte }))
      else void phone.notices.attempt(phone.actions[kind](file))
    })
    return input
  }

  async function otherContact() {
    const number = await phone.notices.askLine(
      t('contact.otherTitle'),
      t('contact.otherText'),
      '+7 900 123-45-67',
      'contact.send',
    )
    if (number)
      await phone.notices.attempt(phone.actions.contact({ phone: number, firstName: t('contact.otherName') }))
  }

  const plain = (/** @type {'sticker' | 'voice' | 'location'} */ kind) => () =>
    void phone.notices.attempt(phone.actions.plain(kind))

  return {
    inputs: [inputs.document, inputs.picture],
    /** @param {HTMLElement} anchor */
    open: (anchor) =>
      openMenu(phone.device, anchor, 'attach.label', [
        { icon: 'file', word: 'attach.document', run: () => inputs.document.click() },
        { icon: 'picture', word: 'attach.picture', run: () => inputs.picture.click() },
        { icon: 'sticker', word: 'attach.sticker', run: plain('sticker') },
        { icon: 'voice', word: 'attach.voice', run: plain('voice') },
        { icon: 'location', word: 'attach.location', run: plain('location') },
        { icon: 'contact', word: 'attach.ownContact', run: () => void shareContact(phone) },
        { icon: 'contact', word: 'attach.otherContact', run: () => void otherContact() },
      ]),
  }
}

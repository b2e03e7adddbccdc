import { h } from './dom.js'
import { icon } from './icons.js'
import { t } from './words.js'

/** @typedef {import('../protocol.ts').MessageView} MessageView */
/** @typedef {import('./phone.js').Phone} Phone */
/** @typedef {MessageView['inlineKeyboard'][number][number]} Button */

/**
 * The buttons under a bubble.
 * @param {MessageView} message
 * @param {Phone} phone
 */
export function inlineKeyboard(message, phone) {
  if (message.inlineKeyboard.length === 0) return null
  const rows = message.inlineKeyboard.map((row) =>
    h('div', { class: 'inline-row' }, ...row.map((button) => inlineButton(message.id, button, phone))),
  )
  const keyboard = h(
    'div',
    { class: 'inline-keyboard', role: 'group', label: 'chat.buttons', 'aria-live': 'off' },
    ...rows,
  )
  keyboard.addEventListener('keydown', (event) => moveInRows(event, keyboard))
  return keyboard
}

/**
 * @param {number} messageId
 * @param {Button} button
 * @param {Phone} phone
 */
function inlineButton(messageId, button, phone) {
  const key = `${messageId}:${button.data}`
  const waiting = button.data !== undefined && phone.waiting.has(key)
  return h(
    'button',
    {
      type: 'button',
      class: 'inline-button',
      title: button.text,
      'aria-busy': waiting ? 'true' : undefined,
      data: {
        ...(button.data === undefined ? {} : { key }),
        ...(button.style ? { style: button.style } : {}),
      },
      on: { click: (/** @type {Event} */ event) => press(messageId, button, phone, event) },
    },
    h('span', { class: 'inline-text' }, button.text),
    button.url && sign('link', 'chat.opensLink'),
    button.copyText && sign('copy', 'chat.copies'),
  )
}

/**
 * @param {import('./icons.js').IconName} name
 * @param {string} label
 */
const sign = (name, label) => h('span', { class: 'inline-sign', role: 'img', label }, icon(name))

/**
 * @param {number} messageId
 * @param {Button} button
 * @param {Phone} phone
 * @param {Event} event
 */
async function press(messageId, button, phone, event) {
  if (button.url) return phone.openLink(button.url, event)
  if (button.copyText) return phone.notices.copy(button.copyText)
  const key = `${messageId}:${button.data}`
  if (button.data === undefined || phone.waiting.has(key)) return
  phone.waiting.add(key)
  markBusy(phone, key, true)
  const answer = await phone.notices.attempt(phone.actions.tap(messageId, button.data))
  phone.waiting.delete(key)
  markBusy(phone, key, false)
  if (answer?.state === 'expired') phone.notices.toast(t('chat.expired'))
}

/**
 * The message may have been rendered again since the tap, so the button is found by its key.
 * @param {Phone} phone
 * @param {string} key
 * @param {boolean} busy
 */
function markBusy(phone, key, busy) {
  for (const button of phone.device.querySelectorAll(`[data-key="${CSS.escape(key)}"]`))
    if (busy) button.setAttribute('aria-busy', 'true')
    else button.removeAttribute('aria-busy')
}

/**
 * Arrow keys move between buttons: left and right in a row, up and down between rows.
 * @param {KeyboardEvent} event
 * @param {HTMLElement} keyboard
 */
function moveInRows(event, keyboard) {
  const rows = [...keyboard.children].map((row) => /** @type {HTMLElement[]} */ ([...row.children]))
  const y = rows.findIndex((row) => row.includes(/** @type {HTMLElement} */ (document.activeElement)))
  const x = rows[y]?.indexOf(/** @type {HTMLElement} */ (document.activeElement)) ?? -1
  /** @type {Record<string, HTMLElement | undefined>} */
  const targets = {
    ArrowLeft: rows[y]?.[x - 1],
    ArrowRight: rows[y]?.[x + 1],
    ArrowUp: rows[y - 1]?.at(Math.min(x, (rows[y - 1]?.length ?? 1) - 1)),
    ArrowDown: rows[y + 1]?.at(Math.min(x, (rows[y + 1]?.length ?? 1) - 1)),
  }
  const target = targets[event.key]
  if (!target) return
  event.preventDefault()
  event.stopPropagation()
  target.focus()
}

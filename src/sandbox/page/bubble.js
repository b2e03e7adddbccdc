import { attachment } from './attachments.js'
import { h } from './dom.js'
import { richText } from './entities.js'
import { clockTime, isoTime } from './format.js'
import { icon } from './icons.js'
import { inlineKeyboard } from './inline-keyboard.js'
import { openMenu } from './menu.js'

/** @typedef {import('../protocol.ts').MessageView} MessageView */
/** @typedef {import('./phone.js').Phone} Phone */

/**
 * Renders a message into its element. Unchanged parts are left alone: screen readers announce anything added to the
 * log, so new buttons or a new tick must not repeat the whole message.
 * @param {HTMLElement} element
 * @param {MessageView} message
 * @param {Phone} phone
 * @param {MessageView} [before] the previous version
 */
export function drawMessage(element, message, phone, before) {
  const heldButton = buttonsOf(element).indexOf(/** @type {HTMLElement} */ (document.activeElement))
  const held = element.contains(document.activeElement)
  element.className = classes(message, element)
  if (before && looks(before) === looks(message)) {
    element.querySelector('.meta')?.replaceWith(meta(message))
    element.querySelector('.inline-keyboard')?.remove()
  } else
    element.replaceChildren(
      h('div', { class: 'bubble-line' }, bubble(message, phone), menuButton(message, phone)),
    )
  const keyboard = inlineKeyboard(message, phone)
  if (keyboard) element.append(keyboard)
  if (held) keepFocus(element, before?.text === message.text ? heldButton : -1)
}

/**
 * The content of a message without buttons and status.
 * @param {MessageView} message
 */
function looks({ inlineKeyboard: _buttons, unread: _unread, editedAt: _editedAt, ...rest }) {
  return JSON.stringify(rest)
}

/**
 * Telegram shows only «/start» of an opened link: its code is somebody's key. Here a button shows it.
 * @param {MessageView} message
 */
function hiddenStart({ from, text }) {
  const code = from === 'person' ? /^\/start (\S+)$/.exec(text)?.[1] : undefined
  if (code === undefined) return null
  const show = h('button', {
    type: 'button',
    class: 'show-code',
    word: 'chat.showCode',
    on: { click: () => show.replaceWith(code) },
  })
  return ['/start ', show]
}

/**
 * @param {MessageView} message
 * @param {Phone} phone
 */
function bubble(message, phone) {
  const stamp = meta(message)
  const text = message.text
    ? h(
        'div',
        { class: 'text', dir: 'auto' },
        ...(hiddenStart(message) ?? [richText(message.text, message.entities, phone.textActions)]),
        stamp,
      )
    : null
  const who = message.from === 'bot' ? 'chat.fromBot' : 'chat.fromPerson'
  const source =
    message.forwardedFrom &&
    h('p', { class: 'forwarded', word: 'chat.forwarded', params: { name: message.forwardedFrom } })
  return h(
    'div',
    { class: 'bubble' },
    h('span', { class: 'unseen', word: who, params: { name: phone.person.firstName } }),
    source,
    attachment(message),
    text ?? stamp,
  )
}

/** @param {HTMLElement} element */
const buttonsOf = (element) => /** @type {HTMLElement[]} */ ([...element.querySelectorAll('.inline-button')])

/**
 * Restores the focus after the focused card has changed: on the same question to the same button; on another question
 * to the card, so that it is read first and Tab continues from there.
 * @param {HTMLElement} element
 * @param {number} button
 */
function keepFocus(element, button) {
  const target = buttonsOf(element)[button] ?? element
  target.focus({ preventScroll: true })
}

/**
 * @param {MessageView} message
 * @param {HTMLElement} element keeps its position in a group
 */
function classes(message, element) {
  const bare = Boolean(message.sticker) || (Boolean(message.photo) && !message.text)
  const keptClasses = ['opens-group', 'ends-group', 'arriving'].filter((name) =>
    element.classList.contains(name),
  )
  return [
    'message',
    message.from === 'bot' ? 'in' : 'out',
    message.protected && 'protected',
    message.inlineKeyboard.length > 0 && 'has-keyboard',
    message.photo && 'has-photo',
    message.sticker && 'is-sticker',
    bare && 'bare',
    ...keptClasses,
  ]
    .filter(Boolean)
    .join(' ')
}

/**
 * The time and status marks.
 * @param {MessageView} message
 */
function meta(message) {
  // As in Telegram: edited messages with buttons are not marked as edited.
  const edited = message.editedAt !== undefined && message.inlineKeyboard.length === 0
  const received = message.unread ? 'chat.sent' : 'chat.received'
  return h(
    'span',
    { class: 'meta' },
    message.protected &&
      h('span', { class: 'mark', role: 'img', label: 'chat.protected', tip: 'chat.protected' }, icon('lock')),
    edited && h('span', { word: 'chat.edited' }),
    h('time', { datetime: isoTime(message.date) }, clockTime(message.date)),
    message.from === 'person' &&
      h(
        'span',
        { class: 'mark ticks', role: 'img', label: received, tip: received },
        icon(message.unread ? 'tick' : 'ticks'),
      ),
  )
}

/**
 * @param {MessageView} message
 * @param {Phone} phone
 */
function menuButton(message, phone) {
  const button = h(
    'button',
    {
      type: 'button',
      class: 'message-menu',
      tabindex: -1,
      label: 'chat.messageMenu',
      'aria-haspopup': 'menu',
      on: { click: () => openMessageMenu(message, phone, button) },
    },
    icon('more'),
  )
  return button
}

/**
 * @param {MessageView} message
 * @param {Phone} phone
 * @param {HTMLElement} anchor
 */
export function openMessageMenu(message, phone, anchor) {
  /** @type {import('./menu.js').MenuItem[]} */
  const items = []
  if (message.text && !message.protected)
    items.push({ icon: 'copy', word: 'chat.copy', run: () => void phone.notices.copy(message.text) })
  if (message.text && message.from === 'person' && !message.forwardedFrom)
    items.push({ icon: 'edit', word: 'chat.edit', run: () => phone.edit(message) })
  items.push({
    icon: 'remove',
    word: 'chat.delete',
    danger: true,
    run: () => void phone.notices.attempt(phone.actions.remove(message.id)),
  })
  openMenu(phone.device, anchor, 'chat.messageMenu', items)
}

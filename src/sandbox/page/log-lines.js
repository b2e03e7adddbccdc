import { h } from './dom.js'
import { dayKey, dayName } from './format.js'

/** @typedef {import('../protocol.ts').ChatView} ChatView */
/** @typedef {import('../protocol.ts').MessageView} MessageView */

const groupSeconds = 300
const fadeMs = 280

/**
 * The lines of a chat from top to bottom: days, the unread marker, grouped messages.
 * @param {ChatView} chat
 * @param {(message: MessageView) => HTMLElement} elementOf
 * @returns {HTMLElement[]}
 */
export function lines(chat, elementOf) {
  /** @type {HTMLElement[]} */
  const found = []
  const firstUnread = chat.messages.find((message) => message.from === 'bot' && message.unread)
  /** @type {MessageView | undefined} */
  let before
  /** @type {HTMLElement | undefined} */
  let elementBefore
  for (const message of chat.messages) {
    const element = elementOf(message)
    const newDay = !before || dayKey(before.date) !== dayKey(message.date)
    const unreadLine = message === firstUnread && before !== undefined
    if (newDay) found.push(separator(`day ${dayKey(message.date)}`, dayName(message.date)))
    if (unreadLine) found.push(separator('unread', undefined))
    const opens =
      newDay ||
      unreadLine ||
      before?.from !== message.from ||
      message.date - (before?.date ?? 0) > groupSeconds
    element.classList.toggle('opens-group', opens)
    elementBefore?.classList.toggle('ends-group', opens)
    found.push(element)
    before = message
    elementBefore = element
  }
  elementBefore?.classList.add('ends-group')
  return found
}

/**
 * @param {string} key stable across renders
 * @param {string | undefined} words undefined for the unread marker
 */
function separator(key, words) {
  const element = h('p', {
    class: words === undefined ? 'separator unread' : 'separator',
    data: { line: key },
  })
  element.append(words === undefined ? h('span', { word: 'chat.unreadLine' }) : h('span', {}, words))
  return element
}

/**
 * Makes a container hold these elements in this order without moving those already in place: a moved element loses
 * the focus and restarts its animation. Elements that are fading out stay until they are gone.
 * @param {HTMLElement} container
 * @param {HTMLElement[]} wanted
 */
export function reconcile(container, wanted) {
  const standing = new Map()
  for (const child of /** @type {HTMLElement[]} */ ([...container.children]))
    if (child.dataset.line) standing.set(child.dataset.line, child)
  const exact = wanted.map((element) => {
    const same = standing.get(element.dataset.line)
    if (!same) return element
    same.replaceChildren(...element.childNodes)
    return same
  })
  const keep = new Set(exact)
  for (const child of [...container.children])
    if (!keep.has(/** @type {HTMLElement} */ (child)) && !child.classList.contains('leaving')) child.remove()
  let at = container.firstElementChild
  for (const element of exact) {
    while (at?.classList.contains('leaving')) at = at.nextElementSibling
    if (at === element) at = element.nextElementSibling
    else container.insertBefore(element, at)
  }
}

/**
 * Fades a deleted message out and closes the gap.
 * @param {HTMLElement} element
 */
export function fadeAway(element) {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches || !element.isConnected) return element.remove()
  element.classList.add('leaving')
  element.inert = true
  const height = `${element.offsetHeight}px`
  const movement = element.animate(
    [
      { opacity: 1, height, transform: 'scale(1)' },
      { opacity: 0, height, transform: 'scale(0.96)', offset: 0.6 },
      { opacity: 0, height: '0px', transform: 'scale(0.96)', marginTop: '0px' },
    ],
    { duration: fadeMs, easing: 'ease' },
  )
  movement.addEventListener('finish', () => element.remove())
}

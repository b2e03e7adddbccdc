import { drawMessage, openMessageMenu } from './bubble.js'
import { h, say } from './dom.js'
import { withPhones } from './entities.js'
import { icon } from './icons.js'
import { fadeAway, lines, reconcile } from './log-lines.js'

/** @typedef {import('../protocol.ts').ChatView} ChatView */
/** @typedef {import('../protocol.ts').MessageView} MessageView */
/** @typedef {import('./phone.js').Phone} Phone */

const nearBottom = 48

/**
 * The messages of a chat: rendered incrementally, scrolled to the newest, marked as read while visible.
 * @param {Phone} phone
 */
export function createLog(phone) {
  const inner = h('div', { class: 'log-inner' })
  const greeting = h('div', { class: 'greeting' })
  const log = h(
    'div',
    {
      class: 'log',
      role: 'log',
      tabindex: 0,
      'aria-live': 'polite',
      label: 'chat.log',
      params: { name: phone.person.firstName },
    },
    greeting,
    inner,
  )
  const count = h('span', { class: 'badge', hidden: true })
  const newer = h(
    'button',
    { type: 'button', class: 'newer', label: 'chat.toNewest', hidden: true, on: { click: toNewest } },
    count,
    icon('down'),
  )
  /** @type {Map<number, { element: HTMLElement, message: MessageView, drawn: string }>} */
  const known = new Map()
  /** @type {ChatView | undefined} */
  let chat
  /** Whether to stay at the newest message as content grows. */
  let pinned = true
  /** @type {HTMLElement | null} the first new message: its beginning must stay visible */
  let arrival = null
  let expectedTop = 0
  let reading = false

  /** @param {ChatView} next */
  function show(next) {
    const first = chat === undefined
    chat = next
    const ids = new Set(next.messages.map((message) => message.id))
    const oldest = next.messages[0]?.id ?? 0
    for (const [id, { element }] of known) {
      if (ids.has(id)) continue
      known.delete(id)
      if (id > oldest || next.messages.length === 0) fadeAway(element)
      else element.remove()
    }
    /** @type {HTMLElement[]} */
    const fresh = []
    for (const message of next.messages) if (draw(message, !first)) fresh.push(elementOf(message))
    reconcile(inner, lines(next, elementOf))
    greet(next)
    const own = next.messages.at(-1)?.from === 'person'
    if (fresh.length > 0) {
      arrival = own || first ? null : (fresh[0] ?? null)
      if (own) pinned = true
    }
    settle()
    mark()
    readIfSeen()
  }

  const elementOf = (/** @type {MessageView} */ message) =>
    /** @type {HTMLElement} */ (known.get(message.id)?.element)

  /**
   * @param {MessageView} message
   * @param {boolean} live whether to animate its arrival or change
   * @returns {boolean} whether it is new
   */
  function draw(message, live) {
    const drawn = JSON.stringify(message)
    const before = known.get(message.id)
    if (before?.drawn === drawn) return false
    const element = before?.element ?? h('article', { tabindex: -1, data: { message: message.id } })
    drawMessage(element, message, phone, before?.drawn ? before.message : undefined)
    known.set(message.id, { element, message, drawn })
    if (!before && live) element.classList.add('arriving')
    if (before && before.message.text !== message.text && live) {
      element.classList.add('changed')
      // A new question on an existing card is shown from its beginning.
      if (message.from === 'bot' && message.id === chat?.messages.at(-1)?.id) arrival = element
    }
    return !before
  }

  /** @param {ChatView} next */
  function greet(next) {
    greeting.hidden = next.messages.length > 0
    greeting.replaceChildren(
      h('img', { src: './mark.svg', width: 72, height: 72, alt: '' }),
      h('h3', {}, phone.store.bot()?.name ?? ''),
      next.description ? h('p', {}, ...withPhones(next.description)) : h('p', { word: 'chat.empty' }),
    )
  }

  function settle() {
    if (!pinned) return
    const bottom = log.scrollHeight - log.clientHeight
    const limit = arrival?.isConnected ? arrival.offsetTop - 12 : bottom
    expectedTop = Math.max(0, Math.min(bottom, limit))
    log.scrollTop = expectedTop
  }

  const atBottom = () => log.scrollHeight - log.clientHeight - log.scrollTop < nearBottom

  function toNewest() {
    pinned = true
    arrival = null
    settle()
    mark()
    readIfSeen()
  }

  function mark() {
    const unread = chat?.unread ?? 0
    newer.hidden = atBottom()
    count.hidden = unread === 0
    count.textContent = String(unread)
    say(newer, 'label', unread > 0 ? 'chat.toNew' : 'chat.toNewest', { count: unread })
  }

  async function readIfSeen() {
    const seen = chat && chat.unread > 0 && (pinned || atBottom()) && phone.attended()
    if (!seen || reading || document.visibilityState !== 'visible') return
    reading = true
    await phone.notices.attempt(phone.actions.read())
    reading = false
  }

  log.addEventListener('scroll', () => {
    if (Math.abs(log.scrollTop - expectedTop) > 2) {
      pinned = atBottom()
      arrival = null
    }
    mark()
    readIfSeen()
  })
  const observer = new ResizeObserver(() => {
    settle()
    mark()
  })
  observer.observe(log)
  observer.observe(inner)
  log.addEventListener('keydown', (event) => moveAmongMessages(event, inner, phone))
  log.addEventListener('animationend', (event) => {
    const element = /** @type {HTMLElement} */ (event.target)
    element.closest('.message')?.classList.remove('arriving', 'changed')
  })
  const openMenuOf = (/** @type {Event} */ event) => {
    const element = /** @type {HTMLElement} */ (event.target).closest('.message')
    const found = [...known.values()].find((entry) => entry.element === element)
    const anchor = element?.querySelector('.message-menu')
    if (!found || !anchor || !getSelection()?.isCollapsed) return
    event.preventDefault()
    openMessageMenu(found.message, phone, /** @type {HTMLElement} */ (anchor))
  }
  log.addEventListener('contextmenu', openMenuOf)
  log.addEventListener('keydown', (event) => {
    const onMessage = /** @type {HTMLElement} */ (event.target).matches('.message')
    if (event.key === 'Enter' && onMessage) openMenuOf(event)
  })
  log.addEventListener('copy', (event) => {
    const from = getSelection()?.anchorNode?.parentElement
    if (from?.closest('.protected')) event.preventDefault()
  })

  return {
    element: h('div', { class: 'log-area' }, log, newer),
    show,
    readIfSeen,
    /** Renders everything again in the current language. */
    redraw() {
      if (!chat) return
      for (const entry of known.values()) entry.drawn = ''
      for (const message of chat.messages) draw(message, false)
      reconcile(inner, lines(chat, elementOf))
    },
    focusLast: () =>
      /** @type {HTMLElement | undefined} */ ([...inner.querySelectorAll('.message')].at(-1))?.focus(),
  }
}

/**
 * Arrow keys move between messages; Esc returns to the input.
 * @param {KeyboardEvent} event
 * @param {HTMLElement} inner
 * @param {Phone} phone
 */
function moveAmongMessages(event, inner, phone) {
  const messages = /** @type {HTMLElement[]} */ ([...inner.querySelectorAll('.message')])
  const at = messages.indexOf(/** @type {HTMLElement} */ (document.activeElement?.closest('.message')))
  const last = messages.length - 1
  /** @type {Record<string, number>} */
  const targets = { ArrowUp: at < 0 ? last : at - 1, ArrowDown: at < 0 ? last : at + 1, Home: 0, End: last }
  const target = targets[event.key]
  if (event.key === 'Escape') phone.focusComposer()
  if (target === undefined) return
  event.preventDefault()
  messages[target]?.focus()
}

import { h, say } from './dom.js'

/** @typedef {import('./store.js').Store} Store */

const oneAtATime = '(max-width: 719px)'
/** From this width on, the panel fits beside the phones; css/receiver.css has the same value. */
const sideBySide = '(min-width: 1180px)'

/**
 * The row of tabs above the phones, shown if not all phones fit; on a small screen one phone is visible and the
 * others are inert. If the panel does not fit beside the phones, it is the last tab.
 * @param {HTMLElement} nav
 * @param {HTMLElement} strip the horizontally scrolling row of phones
 * @param {Store} store
 * @param {() => void} looked called when another phone becomes visible
 */
export function createTabs(nav, strip, store, looked) {
  const single = matchMedia(oneAtATime)
  const wide = matchMedia(sideBySide)
  /** @type {Map<number, { button: HTMLButtonElement, badge: HTMLElement, phone: HTMLElement }>} */
  const tabs = new Map()
  /** @type {{ button: HTMLButtonElement, element: HTMLElement, seen: () => void } | undefined} */
  let panel
  let current = 0
  /** The panel is selected; it replaces the phones unless both fit. */
  let panelChosen = false
  const panelAlone = () => panelChosen && !wide.matches

  /** @param {number} personId */
  function goTo(personId) {
    const phone = tabs.get(personId)?.phone
    if (!phone) return
    const still = strip.hidden || matchMedia('(prefers-reduced-motion: reduce)').matches
    panelChosen = false
    setCurrent(personId)
    phone.inert = false
    strip.scrollTo({
      left: phone.offsetLeft - (strip.clientWidth - phone.offsetWidth) / 2,
      behavior: still ? 'instant' : 'smooth',
    })
  }

  function goToPanel() {
    panelChosen = true
    setCurrent(current)
  }

  /** @param {number} personId */
  function setCurrent(personId) {
    current = personId
    strip.hidden = panelAlone()
    if (panel) panel.element.hidden = !wide.matches && !panelChosen
    for (const [id, { button, phone }] of tabs) {
      mark(button, id === personId && !panelAlone())
      phone.inert = single.matches && id !== personId
    }
    if (panel) {
      mark(panel.button, panelAlone())
      panel.button.hidden = wide.matches
      panel.seen()
    }
    const button = panelAlone() ? panel?.button : tabs.get(personId)?.button
    button?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    looked()
  }

  /** The phone nearest to the centre is the active one. */
  function nearest() {
    const middle = strip.scrollLeft + strip.clientWidth / 2
    const distance = (/** @type {HTMLElement} */ phone) =>
      Math.abs(phone.offsetLeft + phone.offsetWidth / 2 - middle)
    const [first] = [...tabs].sort(([, a], [, b]) => distance(a.phone) - distance(b.phone))
    return first?.[0] ?? 0
  }

  function showIfNeeded() {
    if (tabs.size > 0) setCurrent(tabs.has(current) ? current : nearest())
    nav.hidden = wide.matches && strip.scrollWidth <= strip.clientWidth + 1
  }

  strip.addEventListener('scrollend', () => {
    const id = nearest()
    if (single.matches && !strip.hidden && id !== current) setCurrent(id)
  })
  for (const width of [single, wide]) width.addEventListener('change', showIfNeeded)
  new ResizeObserver(showIfNeeded).observe(strip)
  nav.addEventListener('keydown', (event) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const buttons = [...nav.querySelectorAll('button')].filter((button) => !button.hidden)
    const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement))
    if (step !== 0 && at >= 0) buttons[(at + step + buttons.length) % buttons.length]?.focus()
  })

  return {
    goTo,
    /** Whether a phone is the only visible one. @param {number} personId */
    isAlone: (personId) => single.matches && !panelAlone() && current === personId,
    /**
     * @param {import('../protocol.ts').Person} person
     * @param {HTMLElement} phone
     */
    add(person, phone) {
      const badge = h('span', { class: 'badge', role: 'img', hidden: true })
      const sign = h('span', { class: 'avatar tiny', 'aria-hidden': 'true' }, person.firstName.slice(0, 1))
      const button = h(
        'button',
        {
          type: 'button',
          class: 'tab',
          data: { tint: phone.dataset.tint ?? 0 },
          on: { click: () => goTo(person.id) },
        },
        sign,
        h('span', { class: 'tab-name' }, person.firstName),
        badge,
      )
      const show = () => count(badge, 'chat.unread', store.chat(person.id)?.unread ?? 0)
      tabs.set(person.id, { button, badge, phone })
      nav.insertBefore(button, panel?.button ?? null)
      store.on(`chat:${person.id}`, show)
      show()
      showIfNeeded()
    },
    /** Adds the panel's tab, always the last one. @param {HTMLElement} element */
    addPanel(element) {
      const badge = h('span', { class: 'badge', role: 'img', hidden: true })
      const name = h('span', { class: 'tab-name', word: 'receiver.title' })
      const button = h(
        'button',
        { type: 'button', class: 'tab tab-panel', on: { click: goToPanel } },
        name,
        badge,
      )
      let lastSeen = 0
      const seen = () => {
        const { received } = store.receiver()
        if (!element.hidden) lastSeen = received.at(-1)?.no ?? 0
        count(badge, 'receiver.new', received.filter(({ no }) => no > lastSeen).length)
      }
      panel = { button, element, seen }
      nav.append(button)
      store.on('receiver', seen)
      showIfNeeded()
    },
  }
}

/**
 * @param {HTMLButtonElement} button
 * @param {boolean} chosen
 */
function mark(button, chosen) {
  if (chosen) button.setAttribute('aria-current', 'true')
  else button.removeAttribute('aria-current')
}

/**
 * @param {HTMLElement} badge
 * @param {string} word
 * @param {number} number
 */
function count(badge, word, number) {
  badge.hidden = number === 0
  badge.textContent = String(number)
  say(badge, 'label', word, { count: number })
}

import { h, say } from './dom.js'

/** @typedef {import('./store.js').Store} Store */

const oneAtATime = '(max-width: 719px)'

/**
 * The row of names above the phones, there when not all phones fit; on a small screen one phone is in sight, and the
 * others are out of reach of Tab.
 * @param {HTMLElement} nav
 * @param {HTMLElement} strip the row of phones, which scrolls sideways
 * @param {Store} store
 * @param {() => void} looked called when another phone has come into sight
 */
export function createTabs(nav, strip, store, looked) {
  const single = matchMedia(oneAtATime)
  /** @type {Map<number, { button: HTMLButtonElement, badge: HTMLElement, phone: HTMLElement }>} */
  const tabs = new Map()
  let current = 0

  /** @param {number} personId */
  function goTo(personId) {
    const phone = tabs.get(personId)?.phone
    if (!phone) return
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    phone.inert = false
    strip.scrollTo({
      left: phone.offsetLeft - (strip.clientWidth - phone.offsetWidth) / 2,
      behavior: still ? 'instant' : 'smooth',
    })
    setCurrent(personId)
  }

  /** @param {number} personId */
  function setCurrent(personId) {
    current = personId
    for (const [id, { button, phone }] of tabs) {
      if (id === personId) button.setAttribute('aria-current', 'true')
      else button.removeAttribute('aria-current')
      phone.inert = single.matches && id !== personId
    }
    tabs.get(personId)?.button.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    looked()
  }

  /** The phone nearest to the middle is the one looked at. */
  function nearest() {
    const middle = strip.scrollLeft + strip.clientWidth / 2
    const distance = (/** @type {HTMLElement} */ phone) =>
      Math.abs(phone.offsetLeft + phone.offsetWidth / 2 - middle)
    const [first] = [...tabs].sort(([, a], [, b]) => distance(a.phone) - distance(b.phone))
    return first?.[0] ?? 0
  }

  function showIfNeeded() {
    nav.hidden = !single.matches && strip.scrollWidth <= strip.clientWidth + 1
    if (tabs.size > 0) setCurrent(tabs.has(current) ? current : nearest())
  }

  strip.addEventListener('scrollend', () => {
    const id = nearest()
    if (single.matches && id !== current) setCurrent(id)
  })
  single.addEventListener('change', showIfNeeded)
  new ResizeObserver(showIfNeeded).observe(strip)
  nav.addEventListener('keydown', (event) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const buttons = [...tabs.values()].map(({ button }) => button)
    const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement))
    if (step !== 0 && at >= 0) buttons[(at + step + buttons.length) % buttons.length]?.focus()
  })

  return {
    goTo,
    /** Whether a phone is the only one in sight. @param {number} personId */
    isAlone: (personId) => single.matches && current === personId,
    /**
     * @param {import('../protocol.ts').Person} person
     * @param {HTMLElement} phone
     */
    add(person, phone) {
      const badge = h('span', { class: 'badge', role: 'img', hidden: true })
      const button = h(
        'button',
        {
          type: 'button',
          class: 'tab',
          data: { tint: phone.dataset.tint ?? 0 },
          on: { click: () => goTo(person.id) },
        },
        h('span', { class: 'avatar tiny', 'aria-hidden': 'true' }, person.firstName.slice(0, 1)),
        h('span', { class: 'tab-name' }, person.firstName),
        badge,
      )
      const count = () => {
        const unread = store.chat(person.id)?.unread ?? 0
        badge.hidden = unread === 0
        badge.textContent = String(unread)
        say(badge, 'label', 'chat.unread', { count: unread })
      }
      tabs.set(person.id, { button, badge, phone })
      nav.append(button)
      store.on(`chat:${person.id}`, count)
      count()
      showIfNeeded()
    },
  }
}

import { h } from './dom.js'
import { icon } from './icons.js'

/** @typedef {{ icon: import('./icons.js').IconName, word: string, params?: Record<string, string>, danger?: boolean, run: () => void }} MenuItem */

const gap = 6

/**
 * Opens a menu inside a phone, beside its anchor. Arrows, Home and End move; Esc, Tab and a click outside close it;
 * the focus then returns to where it was.
 * @param {HTMLElement} device the phone that contains the menu
 * @param {HTMLElement} anchor
 * @param {string} label text key of the menu's label
 * @param {MenuItem[]} items
 */
export function openMenu(device, anchor, label, items) {
  const menu = h('div', { class: 'menu', role: 'menu', label })
  const close = () => {
    document.removeEventListener('pointerdown', outside, true)
    anchor.removeAttribute('aria-expanded')
    menu.remove()
  }
  const outside = (/** @type {Event} */ event) => {
    if (!menu.contains(/** @type {Node} */ (event.target))) close()
  }
  for (const item of items)
    menu.append(
      h(
        'button',
        {
          type: 'button',
          role: 'menuitem',
          tabindex: -1,
          class: item.danger ? 'menu-item danger' : 'menu-item',
          on: {
            click: () => {
              close()
              anchor.focus()
              item.run()
            },
          },
        },
        icon(item.icon),
        h('span', { word: item.word, params: item.params }),
      ),
    )
  menu.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault()
      event.stopPropagation()
      close()
      anchor.focus()
    } else moveByArrows(event, [...menu.querySelectorAll('button')])
  })
  document.addEventListener('pointerdown', outside, true)
  anchor.setAttribute('aria-expanded', 'true')
  device.append(menu)
  place(device, anchor, menu)
  menu.querySelector('button')?.focus()
}

/**
 * Moves the focus among elements with the arrow keys, Home and End.
 * @param {KeyboardEvent} event
 * @param {HTMLElement[]} elements
 * @returns {boolean} whether the key was handled
 */
export function moveByArrows(event, elements) {
  const at = elements.indexOf(/** @type {HTMLElement} */ (document.activeElement))
  const last = elements.length - 1
  /** @type {Record<string, number>} */
  const targets = {
    ArrowDown: at < last ? at + 1 : 0,
    ArrowUp: at > 0 ? at - 1 : last,
    Home: 0,
    End: last,
  }
  const target = targets[event.key]
  if (target === undefined || last < 0) return false
  event.preventDefault()
  event.stopPropagation()
  elements[target]?.focus()
  return true
}

/**
 * @param {HTMLElement} device
 * @param {HTMLElement} anchor
 * @param {HTMLElement} menu
 */
function place(device, anchor, menu) {
  const frame = device.getBoundingClientRect()
  const from = anchor.getBoundingClientRect()
  const above = from.top - frame.top > frame.bottom - from.bottom
  const left = Math.min(Math.max(from.left - frame.left, gap), frame.width - menu.offsetWidth - gap)
  menu.style.left = `${left}px`
  if (above) menu.style.bottom = `${frame.bottom - from.top + gap}px`
  else menu.style.top = `${from.bottom - frame.top + gap}px`
}

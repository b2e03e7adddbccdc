import { moveClock, Refused } from './api.js'
import { h } from './dom.js'
import { currentLanguage, onLanguage, t } from './words.js'

/** @typedef {import('../clock-protocol.ts').ClockView} ClockView */
/** @typedef {import('../clock-protocol.ts').MoveClock} MoveClock */

const refreshMs = 5_000

/** How far the sandbox's clock is ahead of this browser's. */
let ahead = 0
/** @type {string | undefined} */
let timeZone

/** The time in the sandbox, in milliseconds since 1970. */
export const sandboxNow = () => Date.now() + ahead

const moves = /** @type {const} */ ([
  ['clock.hour', { minutes: 60 }],
  ['clock.day', { minutes: 24 * 60 }],
  ['clock.monday', { to: 'monday' }],
])

/**
 * The sandbox's time, with buttons that set it forward; nothing if its clock cannot be moved.
 * @param {HTMLElement} place
 * @param {import('./store.js').Store} store
 */
export function createClock(place, store) {
  const time = h('output', { class: 'clock-time', role: 'status' })
  const buttons = moves.map(([word, move]) =>
    h('button', { type: 'button', class: 'plain clock-move', word, on: { click: () => void forward(move) } }),
  )
  const element = h(
    'div',
    { class: 'clock', role: 'group', label: 'clock.label', hidden: true },
    time,
    ...buttons,
  )
  place.append(element)

  function draw() {
    time.textContent = new Intl.DateTimeFormat(currentLanguage(), {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone,
    }).format(sandboxNow())
  }

  /** @param {MoveClock} move */
  async function forward(move) {
    for (const button of buttons) button.disabled = true
    try {
      await moveClock(move)
    } catch (error) {
      time.textContent =
        error instanceof Refused ? t('error.refused', { reason: error.message }) : t('error.offline')
    }
    for (const button of buttons) button.disabled = false
  }

  store.on('clock', (clock) => {
    ahead = clock.now - Date.now()
    timeZone = clock.timeZone
    element.hidden = !clock.movable
    draw()
  })
  onLanguage(draw)
  setInterval(draw, refreshMs)
}

import { clearReceiver, Refused, setReceiverMode } from './api.js'
import { h, say } from './dom.js'
import { icon } from './icons.js'
import { reconcile } from './log-lines.js'
import { createReceivedLine, gather } from './received-line.js'
import { t } from './words.js'

/** @typedef {import('../protocol.ts').ReceiverView} ReceiverView */
/** @typedef {import('../protocol.ts').ReceiverMode} ReceiverMode */
/** @typedef {import('./store.js').Store} Store */

const modes = /** @type {const} */ (['ok', 'fail', 'slow', 'off'])

/**
 * The panel beside the phones: webhooks received by the centre's own system, and a switch that makes it fail.
 * @param {HTMLElement} place
 * @param {Store} store
 */
export function createReceiver(place, store) {
  const problem = h('p', { class: 'problem', role: 'alert', hidden: true })
  const inputs = modes.map((mode) =>
    h('input', {
      type: 'radio',
      name: 'receiver-mode',
      value: mode,
      'aria-describedby': 'mode-note',
      on: { change: () => void attempt(setReceiverMode(mode)) },
    }),
  )
  const note = h('p', { class: 'mode-note', id: 'mode-note' })
  const clear = h(
    'button',
    {
      type: 'button',
      class: 'round',
      label: 'receiver.clear',
      tip: 'receiver.clear',
      on: { click: () => void attempt(clearReceiver()) },
    },
    icon('remove'),
  )
  const list = h('ol', { class: 'events', label: 'receiver.list' })
  const empty = h(
    'div',
    { class: 'events-empty' },
    icon('webhook'),
    h('p', { word: 'receiver.empty' }),
    h('p', { word: 'receiver.thin' }),
  )
  const news = h('p', { class: 'unseen', role: 'status' })
  place.append(
    h(
      'header',
      { class: 'owner' },
      h('span', { class: 'avatar', 'aria-hidden': 'true' }, icon('webhook')),
      h(
        'div',
        { class: 'owner-words' },
        h('h2', { word: 'receiver.title' }),
        h('p', { word: 'receiver.about' }),
      ),
      clear,
    ),
    h(
      'div',
      { class: 'board' },
      h(
        'div',
        { class: 'modes-area' },
        h(
          'div',
          { class: 'choice modes', role: 'radiogroup', label: 'receiver.modes' },
          ...modes.map((mode, at) =>
            h('label', { class: 'choice-option' }, inputs[at], h('span', { word: `mode.${mode}` })),
          ),
        ),
        note,
        problem,
      ),
      h('div', { class: 'events-area' }, empty, list),
    ),
    news,
  )

  /** @type {Map<string, ReturnType<typeof createReceivedLine>>} */
  const lines = new Map()
  let newest = -1

  /** @param {Promise<unknown>} request */
  async function attempt(request) {
    problem.hidden = true
    try {
      await request
    } catch (error) {
      problem.hidden = false
      problem.textContent =
        error instanceof Refused ? t('error.refused', { reason: error.message }) : t('error.offline')
      switchTo(store.receiver().mode)
    }
  }

  /** @param {ReceiverMode} mode */
  function switchTo(mode) {
    for (const input of inputs) input.checked = input.value === mode
    place.dataset.mode = mode
    say(note, 'word', `mode.${mode}Note`)
  }

  /** @param {ReceiverView} view */
  function show({ mode, received }) {
    switchTo(mode)
    const groups = gather(received)
    for (const key of lines.keys()) if (!groups.some((group) => group.key === key)) lines.delete(key)
    const elements = groups.map(({ key, attempts }) => {
      const line = lines.get(key) ?? createReceivedLine()
      lines.set(key, line)
      line.show(attempts)
      return line.element
    })
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)
    reconcile(list, elements)
    // A repeated event has moved to the top, together with the focus.
    if (list.contains(focused)) focused?.focus({ preventScroll: true })
    empty.hidden = groups.length > 0
    clear.disabled = groups.length === 0
    tell(groups[0]?.attempts[0])
  }

  /**
   * Announces new webhooks to screen readers; those present at the start are not news.
   * @param {import('../protocol.ts').Received | undefined} one
   */
  function tell(one) {
    const no = one?.no ?? 0
    if (one && newest >= 0 && no > newest)
      news.textContent = `${one.type || t('receiver.noType')}, ${t(`signature.${one.signature}`)}`
    newest = no
  }

  store.on('receiver', show)
  return {
    redraw: () => {
      for (const line of lines.values()) line.redraw()
    },
  }
}

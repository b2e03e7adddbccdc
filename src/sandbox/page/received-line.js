import { h } from './dom.js'
import { exactTime, isoTime } from './format.js'
import { icon } from './icons.js'
import { t } from './words.js'

/** @typedef {import('../protocol.ts').Received} Received */

/** Responses shown in a collapsed line; earlier ones are in the expanded one. */
const shownAnswers = 5

/**
 * Groups webhooks by event with all attempts, newest first in both.
 * @param {Received[]} received
 * @returns {{ key: string, attempts: Received[] }[]}
 */
export function gather(received) {
  /** @type {Map<string, Received[]>} */
  const groups = new Map()
  for (const one of received.toReversed()) {
    const key = one.id || `no ${one.no}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups].map(([key, attempts]) => ({ key, attempts }))
}

/** The line of an event, which expands to its attempts, headers and body. */
export function createReceivedLine() {
  const summary = h('summary')
  const more = h('div', { class: 'event-more' })
  const details = h('details', { class: 'event' }, summary, more)
  const element = h('li', { class: 'arriving' }, details)
  /** @type {Received[]} */
  let shown = []

  function draw() {
    const [last] = shown
    if (!last) return
    details.dataset.signature = last.signature
    summary.replaceChildren(
      icon('chevron'),
      h('span', { class: 'event-name' }, nameOf(last.type), h('code', { class: 'event-type' }, last.type)),
      h('time', { class: 'event-time', datetime: isoTime(last.at) }, exactTime(last.at)),
      h(
        'span',
        { class: 'event-check' },
        signature(last),
        h('span', { class: 'event-place' }, ...place(last)),
      ),
    )
    if (shown.length > 1 || last.answer !== 204)
      summary.append(
        h(
          'span',
          { class: 'event-answers' },
          h('span', {
            class: 'event-count',
            word: 'receiver.attempts',
            params: { count: last.attempt },
          }),
          ...shown.slice(0, shownAnswers).toReversed().map(answer),
        ),
      )
    if (details.open) open()
  }

  function open() {
    const [last] = shown
    if (!last) return
    more.replaceChildren(
      h('h3', { word: 'receiver.history' }),
      h(
        'ol',
        { class: 'attempts' },
        ...shown.map((one) =>
          h(
            'li',
            {},
            h('time', { datetime: isoTime(one.at) }, exactTime(one.at)),
            signature(one),
            answer(one),
          ),
        ),
      ),
      h('h3', { word: 'receiver.headers' }),
      h('pre', {}, headers(last)),
      h('h3', { word: 'receiver.body' }),
      h('pre', {}, pretty(last.body)),
    )
  }
  details.addEventListener('toggle', () => details.open && open())

  return {
    element,
    /** @param {Received[]} attempts the newest first */
    show(attempts) {
      const same = attempts.length === shown.length && attempts.every((one, at) => one === shown[at])
      shown = attempts
      if (!same) draw()
    },
    /** The time format depends on the language. */
    redraw: draw,
  }
}

/**
 * What a type means, in the page's language; unknown types have no name.
 * @param {string} type
 */
function nameOf(type) {
  if (!type) return h('span', { word: 'receiver.noType' })
  const key = `event.${type.replaceAll(/[._](\w)/g, (_, letter) => letter.toUpperCase())}`
  return t(key) === key ? null : h('span', { word: key })
}

/** @param {Received} one */
function signature(one) {
  const valid = one.signature === 'valid'
  return h(
    'span',
    { class: valid ? 'signature' : 'signature wrong' },
    icon(valid ? 'tick' : 'close'),
    h('span', { word: `signature.${one.signature}` }),
  )
}

/** @param {Received} one */
function answer(one) {
  const status = typeof one.answer === 'number'
  const look = one.answer === 204 ? 'answer good' : one.answer === 'waiting' ? 'answer' : 'answer bad'
  return h(
    'span',
    status ? { class: look } : { class: look, word: `answer.${one.answer}` },
    status && String(one.answer),
  )
}

/** @param {Received} one */
function place({ number, sequence }) {
  const counted =
    sequence === undefined ? null : h('span', { word: 'receiver.sequence', params: { sequence } })
  return [number, number !== undefined && counted ? ' · ' : null, counted]
}

/**
 * The headers that the signature covers come first.
 * @param {Received} one
 */
function headers(one) {
  const [own, other] = [true, false].map((own) =>
    Object.entries(one.headers).filter(([name]) => name.startsWith('webhook-') === own),
  )
  return [...(own ?? []), ...(other ?? [])].map(([name, value]) => `${name}: ${value}`).join('\n')
}

/** @param {string} body */
function pretty(body) {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}

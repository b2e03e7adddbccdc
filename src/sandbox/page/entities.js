import { h } from './dom.js'
import { safeAddress } from './links.js'

/** @typedef {import('../protocol.ts').EntityView} Entity */
/**
 * Actions on a range of text.
 * @typedef {{ command: (text: string) => void, link: (address: string, event: Event) => void }} TextActions
 */

const plainTags = /** @type {const} */ ({
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  expandable_blockquote: 'blockquote',
})

/**
 * Renders text with its entities as nodes. Entities nest; overlapping ones are cut at the end of the outer one.
 * @param {string} text
 * @param {Entity[]} entities
 * @param {TextActions} textActions
 * @returns {DocumentFragment}
 */
export function richText(text, entities, textActions) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length)
  const fragment = document.createDocumentFragment()
  fragment.append(...renderRange(text, 0, text.length, sorted, textActions))
  return fragment
}

/**
 * @param {string} text
 * @param {number} from
 * @param {number} to
 * @param {Entity[]} entities sorted, all starting within the range
 * @param {TextActions} textActions
 * @returns {(Node | string)[]}
 */
function renderRange(text, from, to, entities, textActions) {
  /** @type {(Node | string)[]} */
  const nodes = []
  let at = from
  let rest = entities
  while (rest.length > 0) {
    const [entity, ...later] = /** @type {[Entity, ...Entity[]]} */ (rest)
    const end = Math.min(entity.offset + entity.length, to)
    const inside = later.filter((other) => other.offset < end)
    rest = later.filter((other) => other.offset >= end)
    if (entity.offset > at) nodes.push(text.slice(at, entity.offset))
    const children = renderRange(text, entity.offset, end, inside, textActions)
    nodes.push(elementFor(entity, text.slice(entity.offset, end), children, textActions))
    at = end
  }
  if (at < to) nodes.push(text.slice(at, to))
  return nodes
}

/**
 * @param {Entity} entity
 * @param {string} words the range itself
 * @param {(Node | string)[]} children
 * @param {TextActions} textActions
 * @returns {HTMLElement}
 */
function elementFor(entity, words, children, textActions) {
  const wrap = (/** @type {HTMLElement} */ element) => {
    element.append(...children)
    return element
  }
  switch (entity.type) {
    case 'text_link':
    case 'url':
      return wrap(anchor(entity.url ?? words, textActions))
    case 'email':
      return wrap(h('a', { href: `mailto:${words}` }))
    case 'phone_number':
      return wrap(h('a', { href: `tel:${words.replaceAll(/[^+\d]/g, '')}` }))
    case 'bot_command':
      return wrap(
        h('button', { type: 'button', class: 'command', on: { click: () => textActions.command(words) } }),
      )
    case 'spoiler':
      return wrap(spoiler())
    default:
      return wrap(h(plainTags[/** @type {keyof typeof plainTags} */ (entity.type)] ?? 'span'))
  }
}

/**
 * @param {string} link
 * @param {TextActions} textActions
 */
function anchor(link, textActions) {
  const address = safeAddress(link)
  return h('a', {
    href: address,
    target: '_blank',
    rel: 'noopener noreferrer',
    on: { click: (/** @type {Event} */ event) => textActions.link(link, event) },
  })
}

function spoiler() {
  const element = h('button', {
    type: 'button',
    class: 'spoiler',
    'aria-expanded': 'false',
    tip: 'chat.spoiler',
    on: {
      click: () => {
        element.setAttribute('aria-expanded', 'true')
        element.classList.add('open')
      },
    },
  })
  return element
}

/**
 * Plain text with phone numbers as links.
 * @param {string} text
 */
export function withPhones(text) {
  return text
    .split(/((?:8|\+7)[ -]\d{3}[ -]\d[\d -]{4,}\d)/)
    .map((part, index) =>
      index % 2 === 0 ? part : h('a', { href: `tel:${part.replaceAll(/[^+\d]/g, '')}` }, part),
    )
}

import { t } from './words.js'

/**
 * @typedef {Record<string, unknown> & {
 *   class?: string, word?: string, label?: string, hint?: string, tip?: string,
 *   params?: Record<string, string | number>, on?: Record<string, (event: never) => void>,
 *   data?: Record<string, string | number>,
 * }} Props `word`, `label`, `hint` and `tip` are text keys; a change of language updates them in place.
 */

/** The translatable parts of an element and their targets. */
const wordSlots = /** @type {const} */ ({
  word: 'text',
  label: 'aria-label',
  hint: 'placeholder',
  tip: 'title',
})

/**
 * Creates an element. Children may be nodes, text, or nothing (null, false).
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Props} [props]
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue
    if (name === 'on') listen(element, /** @type {Record<string, (event: never) => void>} */ (value))
    else if (name === 'data') Object.assign(element.dataset, value)
    else if (name === 'params') element.dataset.params = JSON.stringify(value)
    else if (name in wordSlots) element.dataset[name] = String(value)
    else if (name === 'class') element.className = String(value)
    else element.setAttribute(name, value === true ? '' : String(value))
  }
  renderTexts(element)
  for (const child of children) if (child || child === '') element.append(child)
  return element
}

/**
 * @param {HTMLElement} element
 * @param {Record<string, (event: never) => void>} handlers
 */
function listen(element, handlers) {
  for (const [event, handler] of Object.entries(handlers))
    element.addEventListener(event, /** @type {EventListener} */ (handler))
}

/**
 * Renders the texts of an element in the current language.
 * @param {HTMLElement} element
 */
function renderTexts(element) {
  const params = element.dataset.params ? JSON.parse(element.dataset.params) : {}
  for (const [slot, target] of Object.entries(wordSlots)) {
    const key = element.dataset[slot]
    if (!key) continue
    if (target === 'text') element.textContent = t(key, params)
    else element.setAttribute(target, t(key, params))
  }
}

/**
 * Renders all texts below a node again, after a change of language.
 * @param {ParentNode} root
 */
export function speakAll(root) {
  const found = root.querySelectorAll('[data-word],[data-label],[data-hint],[data-tip]')
  for (const element of found) renderTexts(/** @type {HTMLElement} */ (element))
}

/**
 * Changes the text key of an element.
 * @param {HTMLElement} element
 * @param {'word' | 'label' | 'hint' | 'tip'} slot
 * @param {string} key
 * @param {Record<string, string | number>} [params]
 */
export function say(element, slot, key, params) {
  element.dataset[slot] = key
  if (params) element.dataset.params = JSON.stringify(params)
  renderTexts(element)
}

let lastId = 0

/**
 * Returns an id that is unique in the page.
 * @param {string} name
 */
export function newId(name) {
  lastId += 1
  return `${name}-${lastId}`
}

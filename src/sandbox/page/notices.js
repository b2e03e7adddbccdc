import { Refused } from './api.js'
import { h, newId } from './dom.js'
import { t } from './words.js'

const toastMs = 3500
const perLetterMs = 45

/**
 * What one phone tells its owner: passing lines, windows with «OK», questions.
 * @param {HTMLElement} device
 * @param {HTMLElement} screen all of the phone that must not be reached while a window is open
 */
export function createNotices(device, screen) {
  const toasts = h('div', { class: 'toasts', role: 'status' })
  device.append(toasts)

  /** @param {string} text */
  function toast(text) {
    const line = h('p', { class: 'toast' }, text)
    toasts.replaceChildren(line)
    setTimeout(() => line.remove(), toastMs + text.length * perLetterMs)
  }

  /**
   * A window in the phone; the promise ends with the pressed button's value, or null by Esc.
   * @template Value
   * @param {(Node | string)[]} content
   * @param {{ word: string, value: () => Value, main?: boolean }[]} buttons
   * @returns {Promise<Value | null>}
   */
  function ask(content, buttons) {
    const before = /** @type {HTMLElement | null} */ (document.activeElement)
    const { promise, resolve } = Promise.withResolvers()
    const veil = h('div', { class: 'veil' })
    const done = (/** @type {Value | null} */ value) => {
      veil.remove()
      screen.inert = false
      before?.focus()
      resolve(value)
    }
    const body = h('div', { class: 'window-body', id: newId('window') }, ...content)
    const form = h(
      'form',
      { class: 'window', role: 'alertdialog', 'aria-modal': 'true', 'aria-labelledby': body.id },
      body,
    )
    const row = h('div', { class: 'window-buttons' })
    for (const { word, value, main } of buttons)
      row.append(
        h('button', {
          word,
          type: main ? 'submit' : 'button',
          class: main ? 'plain main' : 'plain',
          on: main ? {} : { click: () => done(value()) },
        }),
      )
    form.append(row)
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      const main = buttons.find((button) => button.main)
      if (main) done(main.value())
    })
    veil.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      done(null)
    })
    veil.append(form)
    screen.inert = true
    device.append(veil)
    form.querySelector('input')?.focus()
    if (!form.contains(document.activeElement))
      /** @type {HTMLElement | null} */ (form.querySelector('.main'))?.focus()
    return promise
  }

  return {
    toast,
    /** A browser lets a page copy only where it trusts the address. @param {string} text */
    copy: (text) =>
      (navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'))).then(
        () => toast(t('chat.copied')),
        () => toast(t('chat.notCopied')),
      ),
    /** @param {string} text */
    alert: (text) => ask([h('p', {}, text)], [{ word: 'window.ok', value: () => true, main: true }]),
    /**
     * @param {string} title
     * @param {string} text
     * @param {string} yes key of the word on the button that goes on
     * @returns {Promise<boolean>}
     */
    confirm: async (title, text, yes) =>
      (await ask(
        [h('h3', {}, title), h('p', {}, text)],
        [
          { word: 'window.cancel', value: () => false },
          { word: yes, value: () => true, main: true },
        ],
      )) === true,
    /**
     * One line typed by the person, trimmed; null if they thought better of it.
     * @param {string} title
     * @param {string} text
     * @param {string} example
     * @param {string} yes
     * @returns {Promise<string | null>}
     */
    askLine: (title, text, example, yes) => {
      const input = h('input', {
        type: 'text',
        'aria-label': title,
        placeholder: example,
        autocomplete: 'off',
      })
      return ask(
        [h('h3', {}, title), h('p', {}, text), input],
        [
          { word: 'window.cancel', value: () => null },
          { word: yes, value: () => input.value.trim(), main: true },
        ],
      )
    },
    /**
     * Ends a wish: a refusal becomes a line that the person can understand.
     * @template Value
     * @param {Promise<Value>} wish
     * @returns {Promise<Value | undefined>}
     */
    attempt: async (wish) => {
      try {
        return await wish
      } catch (error) {
        if (!(error instanceof Refused)) toast(t('error.offline'))
        else if (error.status === 409) toast(t('error.blocked'))
        else toast(t('error.refused', { reason: error.message }))
        return undefined
      }
    },
  }
}

/** @typedef {ReturnType<typeof createNotices>} Notices */

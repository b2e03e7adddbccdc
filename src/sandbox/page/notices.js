import { Refused } from './api.js'
import { h, newId } from './dom.js'
import { t } from './words.js'

const toastMs = 3500
const perLetterMs = 45

/**
 * Toasts, alerts and questions of one phone.
 * @param {HTMLElement} device
 * @param {HTMLElement} screen the part of the phone that is inert while a dialog is open
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
   * Opens a dialog in the phone; resolves with the value of the pressed button, or null for Esc.
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
    /** Browsers allow copying only in a secure context. @param {string} text */
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
     * @param {string} yes text key of the confirming button
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
     * Asks for one line of text, trimmed; null if cancelled.
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
     * Awaits a request; shows a refusal as a readable message.
     * @template Value
     * @param {Promise<Value>} request
     * @returns {Promise<Value | undefined>}
     */
    attempt: async (request) => {
      try {
        return await request
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

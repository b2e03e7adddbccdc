import { createAttach } from './attach.js'
import { createCommands } from './commands.js'
import { h, say } from './dom.js'
import { icon } from './icons.js'

/** @typedef {import('../protocol.ts').MessageView} MessageView */
/** @typedef {import('./phone.js').Phone} Phone */

/** Telegram splits longer texts into several messages. */
const longest = 4096

/**
 * The input with the command menu above it. Enter sends, Shift+Enter starts a new line, arrow up in an empty field
 * moves to the messages.
 * @param {Phone} phone
 * @param {() => void} toggleKeyboard
 */
export function createLine(phone, toggleKeyboard) {
  const commands = createCommands((command) => phone.send(`/${command}`))
  const attach = createAttach(phone)
  /** @type {MessageView | null} the person's own message being edited */
  let editing = null
  let hasKeyboard = false

  const input = h('textarea', {
    class: 'line-input',
    rows: 1,
    hint: 'composer.hint',
    label: 'composer.label',
    params: { name: phone.person.firstName },
    'aria-controls': commands.element.id,
    on: { input: typed, keydown: pressed },
  })
  const menuButton = h(
    'button',
    {
      type: 'button',
      class: 'menu-button',
      label: 'composer.menu',
      'aria-haspopup': 'listbox',
      'aria-controls': commands.element.id,
      on: { click: toggleCommands },
    },
    icon('menu'),
    h('span', { word: 'composer.menu' }),
  )
  const keyboardButton = h(
    'button',
    {
      type: 'button',
      class: 'line-button',
      label: 'composer.keyboard',
      tip: 'composer.keyboard',
      hidden: true,
      on: { click: toggleKeyboard },
    },
    icon('keyboard'),
  )
  const attachButton = h(
    'button',
    {
      type: 'button',
      class: 'line-button',
      label: 'attach.label',
      tip: 'attach.label',
      'aria-haspopup': 'menu',
      on: { click: () => attach.open(attachButton) },
    },
    icon('attach'),
  )
  const sendButton = h(
    'button',
    { type: 'submit', class: 'send-button', label: 'composer.send', tip: 'composer.send' },
    icon('send'),
  )
  const stopEditing = h(
    'button',
    { type: 'button', class: 'line-button', label: 'window.cancel', on: { click: () => finishEditing() } },
    icon('close'),
  )
  const editBar = h(
    'div',
    { class: 'edit-bar', hidden: true },
    icon('edit'),
    h('span', { class: 'edit-bar-words', word: 'composer.editing' }),
    stopEditing,
  )
  const field = h('div', { class: 'line-field' }, input, keyboardButton, attachButton)
  const form = h('form', { class: 'line' }, menuButton, field, sendButton, ...attach.inputs)
  const element = h('div', {}, commands.element, editBar, form)

  function toggleCommands() {
    if (commands.isOpen()) commands.close()
    else commands.open('')
    announceOption()
    input.focus()
  }

  /** Announces to screen readers which command Enter would send. */
  function announceOption() {
    menuButton.setAttribute('aria-expanded', String(commands.isOpen()))
    if (commands.current()) input.setAttribute('aria-activedescendant', commands.current())
    else input.removeAttribute('aria-activedescendant')
  }

  function typed() {
    const command = editing ? null : /^\/(\w*)$/.exec(input.value)
    if (command) commands.open(command[1] ?? '')
    else commands.close()
    announceOption()
    sendButton.disabled = input.value.trim() === ''
    form.classList.toggle('crowded', hasKeyboard || input.value !== '')
    // For browsers without CSS `field-sizing`.
    if (CSS.supports('field-sizing', 'content')) return
    input.style.height = 'auto'
    input.style.height = `${input.scrollHeight}px`
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    if (event.isComposing) return
    const open = commands.isOpen()
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      if (open) chooseCommand()
      else void send()
    } else if (open && step !== 0) {
      event.preventDefault()
      commands.move(step)
      announceOption()
    } else if (step === -1 && input.value === '') {
      event.preventDefault()
      phone.focusLog()
    } else if (event.key === 'Escape') {
      if (open) commands.close()
      else finishEditing()
      announceOption()
    }
  }

  function chooseCommand() {
    commands.choose()
    input.value = ''
    typed()
  }

  async function send() {
    const text = input.value.trim()
    if (!text) return
    const changed = editing
    finishEditing()
    input.value = ''
    typed()
    if (!changed) {
      for (let at = 0; at < text.length; at += longest) await phone.send(text.slice(at, at + longest))
    } else if (text !== changed.text) {
      await phone.notices.attempt(phone.actions.edit(changed.id, text.slice(0, longest)))
    }
  }

  function finishEditing() {
    if (!editing) return
    editing = null
    editBar.hidden = true
    input.value = ''
    typed()
    input.focus()
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void send()
    input.focus()
  })
  const closeOutside = (/** @type {Event} */ event) => {
    const target = /** @type {Node} */ (event.target)
    if (!commands.isOpen() || element.contains(target)) return
    commands.close()
    announceOption()
  }
  document.addEventListener('pointerdown', closeOutside)
  document.addEventListener('focusin', closeOutside)
  typed()

  return {
    element,
    focus: () => input.focus({ preventScroll: true }),
    /** @param {import('../protocol.ts').CommandView[]} list */
    knowCommands(list) {
      menuButton.hidden = list.length === 0
      commands.know(list)
    },
    /**
     * @param {boolean} exists whether the bot has set a reply keyboard
     * @param {boolean} open
     * @param {string | undefined} placeholder the placeholder set by the bot
     */
    knowKeyboard(exists, open, placeholder) {
      hasKeyboard = exists
      keyboardButton.hidden = !exists
      keyboardButton.setAttribute('aria-expanded', String(open))
      form.classList.toggle('crowded', exists || input.value !== '')
      if (placeholder) {
        delete input.dataset.hint
        input.placeholder = placeholder
      } else say(input, 'hint', 'composer.hint')
    },
    /** @param {MessageView} message */
    edit(message) {
      editing = message
      editBar.hidden = false
      input.value = message.text
      typed()
      input.focus()
    },
  }
}

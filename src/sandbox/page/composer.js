import { h, say } from './dom.js'
import { createLine } from './line.js'
import { createReplyKeyboard } from './reply-keyboard.js'

/** @typedef {import('../protocol.ts').ChatView} ChatView */
/** @typedef {import('./phone.js').Phone} Phone */

/**
 * Everything below the messages: the input and the bot's reply keyboard or, in a new or blocked chat, a single
 * button.
 * @param {Phone} phone
 */
export function createComposer(phone) {
  const replyKeyboard = createReplyKeyboard(phone)
  const line = createLine(phone, () => {
    open = !open
    drawKeyboard()
  })
  const bigButton = h('button', {
    type: 'button',
    class: 'big-button',
    hidden: true,
    on: { click: () => pressBig() },
  })
  const element = h('div', { class: 'composer' }, line.element, bigButton, replyKeyboard.element)
  /** @type {ChatView | undefined} */
  let chat
  let open = true
  let seen = ''

  function drawKeyboard() {
    const keyboard = chat?.replyKeyboard ?? null
    const shown = keyboard !== null && open && !line.element.hidden
    replyKeyboard.show(keyboard, shown)
    line.knowKeyboard(keyboard !== null, shown, shown ? keyboard.placeholder : undefined)
  }

  function pressBig() {
    if (chat?.blocked) void phone.notices.attempt(phone.actions.block(false))
    else void phone.send('/start')
  }

  return {
    element,
    focus: () => (line.element.hidden ? bigButton.focus({ preventScroll: true }) : line.focus()),
    edit: line.edit,
    /** @param {ChatView} next */
    show(next) {
      chat = next
      const instead = next.blocked ? 'composer.unblock' : next.started ? null : 'composer.start'
      const hadFocus = bigButton === document.activeElement
      line.element.hidden = instead !== null
      bigButton.hidden = instead === null
      if (instead) say(bigButton, 'word', instead)
      else if (hadFocus) line.focus()
      line.knowCommands(next.commands)
      // A new keyboard opens automatically; one that the person has closed stays closed.
      const keyboard = JSON.stringify(next.replyKeyboard)
      if (keyboard !== seen) open = next.replyKeyboard !== null && !next.replyKeyboard.folded
      seen = keyboard
      drawKeyboard()
    },
  }
}

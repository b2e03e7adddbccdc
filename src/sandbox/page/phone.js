import { actionsOf } from './api.js'
import { createComposer } from './composer.js'
import { h, say } from './dom.js'
import { phoneNumber } from './format.js'
import { icon } from './icons.js'
import { startPayload } from './links.js'
import { createLog } from './log.js'
import { openMenu } from './menu.js'
import { createNotices } from './notices.js'
import { t } from './words.js'

/** @typedef {import('../protocol.ts').Person} Person */
/** @typedef {import('../protocol.ts').ChatView} ChatView */
/** @typedef {import('../protocol.ts').MessageView} MessageView */
/** @typedef {import('./store.js').Store} Store */
/**
 * The interface of a phone to its parts.
 * @typedef {{
 *   person: Person, store: Store, device: HTMLElement,
 *   actions: import('./api.js').PersonActions, notices: import('./notices.js').Notices,
 *   waiting: Set<string>, textActions: import('./entities.js').TextActions,
 *   send: (text: string) => Promise<void>, openLink: (link: string, event: Event) => void,
 *   edit: (message: MessageView) => void, focusComposer: () => void, focusLog: () => void, attended: () => boolean,
 * }} Phone
 */

const typingMs = 5000
/** Staff, who have a desk in the console. */
const deskParts = new Set(['intake', 'minors', 'curator', 'supervisor'])

/**
 * A phone with the bot's chat, and its owner above it.
 * @param {Person} person
 * @param {Store} store
 * @param {number} place position in the row, from 0: determines the owner's colour
 * @param {() => boolean} alone whether this is the only visible phone, and thus the active one
 */
export function createPhone(person, store, place, alone) {
  const screen = h('div', { class: 'screen' })
  const device = h('div', { class: 'device' }, screen)
  const notices = createNotices(device, screen)
  /** @type {Phone} */
  const phone = {
    person,
    store,
    device,
    notices,
    actions: actionsOf(person.id),
    waiting: new Set(),
    textActions: {
      command: (text) => void phone.send(text),
      link: (link, event) => phone.openLink(link, event),
    },
    send: async (text) => void (await notices.attempt(phone.actions.text(text))),
    openLink,
    edit: (message) => composer.edit(message),
    focusComposer: () => composer.focus(),
    focusLog: () => log.focusLast(),
    attended: () => alone() || device.matches(':hover, :focus-within'),
  }
  const log = createLog(phone)
  const composer = createComposer(phone)

  const badge = h('span', { class: 'badge', role: 'img', hidden: true })
  const status = h('p', { class: 'chat-status', word: 'chat.bot' })
  const botName = h('h3', {}, store.bot()?.name ?? '')
  const more = h(
    'button',
    {
      type: 'button',
      class: 'line-button',
      label: 'phone.menu',
      tip: 'phone.menu',
      'aria-haspopup': 'menu',
      on: { click: () => openPhoneMenu() },
    },
    icon('more'),
  )
  const head = h(
    'header',
    { class: 'chat-head' },
    h('img', { src: './mark.svg', width: 38, height: 38, alt: '' }),
    h('div', { class: 'chat-title' }, botName, status),
    more,
  )
  screen.append(head, log.element, composer.element)

  const name = [person.firstName, person.lastName].filter(Boolean).join(' ')
  const element = h(
    'section',
    {
      class: 'phone',
      label: 'phone.label',
      params: { name },
      data: { person: person.id, part: person.part, tint: place % 5 },
    },
    h(
      'header',
      { class: 'owner' },
      h('span', { class: 'avatar', 'aria-hidden': 'true' }, person.firstName.slice(0, 1)),
      h(
        'div',
        { class: 'owner-words' },
        h('h2', {}, name),
        h('p', {
          word: `part.${person.part}`,
          params: { phone: phoneNumber(person.phone), language: person.languageCode },
        }),
      ),
      deskParts.has(person.part)
        ? h('a', {
            class: 'desk',
            href: `/sandbox/people/${person.id}/desk`,
            target: '_blank',
            rel: 'noopener',
            word: 'phone.desk',
          })
        : null,
      badge,
    ),
    device,
  )

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let typingEnds
  let lastBotMessage = 0

  /** @param {ChatView | undefined} chat */
  function show(chat) {
    if (!chat) return
    const newest = chat.messages.findLast((message) => message.from === 'bot')?.id ?? 0
    if (newest !== lastBotMessage) stopTyping()
    lastBotMessage = newest
    log.show(chat)
    composer.show(chat)
    device.classList.toggle('blocked', chat.blocked)
    badge.hidden = chat.unread === 0
    badge.textContent = String(chat.unread)
    say(badge, 'label', 'chat.unread', { count: chat.unread })
    if (!typingEnds) say(status, 'word', chat.blocked ? 'chat.botBlocked' : 'chat.bot')
  }

  function stopTyping() {
    clearTimeout(typingEnds)
    typingEnds = undefined
    status.classList.remove('typing')
    say(status, 'word', store.chat(person.id)?.blocked ? 'chat.botBlocked' : 'chat.bot')
  }

  function openPhoneMenu() {
    const blocked = store.chat(person.id)?.blocked ?? false
    openMenu(device, more, 'phone.menu', [
      { icon: 'link', word: 'phone.openLink', run: () => void pasteLink() },
      blocked
        ? {
            icon: 'block',
            word: 'phone.unblock',
            run: () => void notices.attempt(phone.actions.block(false)),
          }
        : {
            icon: 'block',
            word: 'phone.block',
            danger: true,
            run: () => void notices.attempt(phone.actions.block(true)),
          },
    ])
  }

  async function pasteLink() {
    const username = store.bot()?.username ?? ''
    const link = await notices.askLine(
      t('link.title'),
      t('link.text', { name }),
      `https://t.me/${username}?start=…`,
      'link.open',
    )
    if (link === null) return
    const payload = startPayload(link, username)
    if (payload === undefined) notices.toast(t('link.foreign'))
    else await phone.send(`/start ${payload}`.trim())
  }

  /**
   * Opens a link to this bot in the phone where it was clicked; any other in a new tab.
   * @param {string} link
   * @param {Event} event
   */
  function openLink(link, event) {
    const payload = startPayload(link, store.bot()?.username ?? '')
    if (payload !== undefined) {
      event.preventDefault()
      void phone.send(`/start ${payload}`.trim())
    } else if (!(event.currentTarget instanceof HTMLAnchorElement))
      window.open(link, '_blank', 'noopener,noreferrer')
  }

  store.on(`chat:${person.id}`, show)
  store.on(`toast:${person.id}`, ({ text, alert }) =>
    alert ? void notices.alert(text) : notices.toast(text),
  )
  store.on(`typing:${person.id}`, () => {
    clearTimeout(typingEnds)
    typingEnds = setTimeout(stopTyping, typingMs)
    status.classList.add('typing')
    say(status, 'word', 'chat.typing')
  })
  store.on('bot', (bot) => {
    botName.textContent = bot.name
  })
  for (const event of ['pointerenter', 'focusin']) device.addEventListener(event, () => void log.readIfSeen())
  show(store.chat(person.id))

  return { element, person, redraw: log.redraw, look: log.readIfSeen, focus: phone.focusComposer }
}

import { fileAddress } from './api.js'
import { h } from './dom.js'
import { duration, fileSize, phoneNumber } from './format.js'
import { icon } from './icons.js'

/** @typedef {import('../protocol.ts').MessageView} MessageView */

const bars = [5, 9, 14, 8, 16, 11, 6, 13, 18, 10, 7, 15, 12, 5, 9, 13, 17, 8, 6, 11, 7, 4]

/**
 * The attachment of a message.
 * @param {MessageView} message
 * @returns {HTMLElement | null}
 */
export function attachment(message) {
  if (message.photo) return photo(message.photo, message.protected)
  if (message.document) return documentCard(message.document, message.protected)
  if (message.contact) return contactCard(message.contact)
  if (message.sticker)
    return h(
      'div',
      { class: 'sticker', role: 'img', label: 'file.sticker', params: message.sticker },
      message.sticker.emoji,
    )
  if (message.voice) return voice(message.voice.seconds)
  if (message.location) return place(message.location)
  if (message.poll) return poll(message.poll)
  return null
}

/**
 * @param {NonNullable<MessageView['photo']>} file
 * @param {boolean} protectedContent whether saving is forbidden
 */
function photo(file, protectedContent) {
  const image = h('img', {
    src: fileAddress(file.fileId),
    width: file.width,
    height: file.height,
    loading: 'lazy',
    alt: file.name,
    draggable: 'false',
  })
  return h(
    'button',
    {
      type: 'button',
      class: 'photo',
      label: 'file.openPicture',
      params: { name: file.name },
      on: { click: () => lightbox(file, protectedContent) },
    },
    image,
  )
}

/**
 * Shows the picture across the whole page.
 * @param {NonNullable<MessageView['photo']>} file
 * @param {boolean} protectedContent
 */
function lightbox(file, protectedContent) {
  const address = fileAddress(file.fileId)
  const dialog = h('dialog', { class: 'lightbox', 'aria-label': file.name })
  const close = h(
    'button',
    { type: 'button', class: 'round', label: 'window.close', on: { click: () => dialog.close() } },
    icon('close'),
  )
  const save = h(
    'a',
    { class: 'round', href: address, download: file.name, label: 'file.save' },
    icon('download'),
  )
  dialog.append(
    h('img', { src: address, alt: file.name }),
    h('div', { class: 'lightbox-tools' }, !protectedContent && save, close),
  )
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close())
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}

/**
 * @param {NonNullable<MessageView['document']>} file
 * @param {boolean} protectedContent
 */
function documentCard(file, protectedContent) {
  const address = fileAddress(file.fileId)
  const tail = file.name.includes('.') ? (file.name.split('.').at(-1) ?? '') : ''
  const words = h(
    'span',
    { class: 'file-words' },
    h('span', { class: 'file-name' }, file.name),
    h('span', { class: 'file-size' }, fileSize(file.size)),
  )
  const badge = h(
    'span',
    { class: 'file-badge' },
    icon('file'),
    h('span', { class: 'file-kind' }, tail.slice(0, 4)),
  )
  return h(
    'div',
    { class: 'file' },
    h(
      'a',
      { class: 'file-open', href: address, target: '_blank', rel: 'noopener', tip: 'file.open' },
      badge,
      words,
    ),
    !protectedContent &&
      h(
        'a',
        {
          class: 'file-save',
          href: address,
          download: file.name,
          label: 'file.saveNamed',
          tip: 'file.save',
          params: { name: file.name },
        },
        icon('download'),
      ),
  )
}

/** @param {NonNullable<MessageView['contact']>} contact */
function contactCard(contact) {
  return h(
    'div',
    { class: 'card-row' },
    h('span', { class: 'avatar small' }, contact.name.slice(0, 1)),
    h(
      'span',
      { class: 'file-words' },
      h('span', { class: 'file-name' }, contact.name),
      h('a', { href: `tel:${contact.phone}` }, phoneNumber(contact.phone)),
      h('span', { class: 'file-size', word: contact.own ? 'file.ownContact' : 'file.otherContact' }),
    ),
  )
}

/** @param {number} seconds */
function voice(seconds) {
  const wave = h('span', { class: 'wave', 'aria-hidden': 'true' })
  for (const height of bars) {
    const bar = h('i')
    bar.style.height = `${height}px`
    wave.append(bar)
  }
  return h(
    'div',
    { class: 'card-row', role: 'img', label: 'file.voice', params: { length: duration(seconds) } },
    h('span', { class: 'round-sign' }, icon('play')),
    wave,
    h('span', { class: 'file-size' }, duration(seconds)),
  )
}

/** @param {NonNullable<MessageView['location']>} location */
function place(location) {
  const numbers = `${location.latitude.toFixed(4)}, ${location.longitude.toFixed(4)}`
  return h(
    'div',
    { class: 'place', role: 'img', label: 'file.location', params: { numbers } },
    h('span', { class: 'place-pin' }, icon('location')),
    h('span', { class: 'place-numbers' }, numbers),
  )
}

/** @param {NonNullable<MessageView['poll']>} content */
function poll(content) {
  const options = content.options.map((option) => h('li', {}, option))
  return h('div', { class: 'poll' }, h('strong', {}, content.question), h('ul', {}, ...options))
}

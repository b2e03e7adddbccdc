import { createClock } from './clock.js'
import { speakAll } from './dom.js'
import { followEvents } from './events.js'
import { openAddPerson } from './people.js'
import { createPhone } from './phone.js'
import { createReceiver } from './receiver.js'
import { createRegions } from './region.js'
import { createStore } from './store.js'
import { createStories } from './story.js'
import { createTabs } from './tabs.js'
import { createTools, foldTools } from './tools.js'
import { firstLanguage, onLanguage, t, useLanguage } from './words.js'

/**
 * Returns an element of index.html.
 * @param {string} id
 */
function byId(id) {
  const element = document.getElementById(id)
  if (!element) throw new Error(`index.html lacks #${id}`)
  return element
}

await useLanguage(firstLanguage())
speakAll(document)

const store = createStore()
const strip = byId('phones')
const connection = byId('connection')
/** @type {Map<number, ReturnType<typeof createPhone>>} */
const phones = new Map()
/** A person just added from this page: their phone is focused when it appears. */
let awaited = 0

const tabs = createTabs(byId('tabs'), strip, store, () => {
  for (const phone of phones.values()) void phone.look()
})

const receiver = createReceiver(byId('receiver'), store)
tabs.addPanel(byId('receiver'))

foldTools(byId('more'), byId('top'))
createClock(byId('tools'), store)
createRegions(byId('tools'), store)
createTools(byId('tools'), () =>
  openAddPerson((personId) => {
    awaited = personId
    visitAwaited()
  }),
)

void createStories(byId('tools'), byId('story'), {
  goTo: (personId) => {
    tabs.goTo(personId)
    byId('top').classList.remove('open')
    byId('more').setAttribute('aria-expanded', 'false')
  },
  openTools: () => {
    byId('top').classList.add('open')
    byId('more').setAttribute('aria-expanded', 'true')
  },
})

function visitAwaited() {
  const phone = phones.get(awaited)
  if (!phone) return
  awaited = 0
  tabs.goTo(phone.person.id)
  phone.focus()
}

function title() {
  const unread = store.unread()
  document.title = unread > 0 ? `(${unread}) ${t('page.title')}` : t('page.title')
}

store.on('people', (people) => {
  for (const person of people) {
    if (phones.has(person.id)) continue
    const phone = createPhone(person, store, phones.size, () => tabs.isAlone(person.id))
    phones.set(person.id, phone)
    strip.append(phone.element)
    tabs.add(person, phone.element)
  }
  strip.removeAttribute('aria-busy')
  visitAwaited()
})
store.on('unread', title)
store.on('connection', (connected) => {
  connection.hidden = connected
  connection.textContent = connected ? '' : t('page.disconnected')
})
document.addEventListener('visibilitychange', () => {
  for (const phone of phones.values()) void phone.look()
})
onLanguage(() => {
  speakAll(document)
  title()
  for (const phone of phones.values()) phone.redraw()
  receiver.redraw()
})
followEvents(store)

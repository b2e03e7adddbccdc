import { readReceiver, readState } from './api.js'

/** @typedef {import('./store.js').Store} Store */

const retryMs = 2000

/**
 * Applies server events to the store. After every (re)connection the whole state is read; events that arrive
 * meanwhile may be older or newer than that state, so it is read again until none arrives in between.
 * @param {Store} store
 */
export function followEvents(store) {
  let changes = 0
  /** Only the latest connection may finish synchronising. */
  let generation = 0

  /** @param {EventSource} source */
  async function catchUp(source) {
    generation += 1
    const mine = generation
    let seen
    do {
      seen = changes
      const [state, receiver] = await Promise.all([readState(), readReceiver()])
      if (mine !== generation) return
      store.setState(state)
      store.setReceiver(receiver)
    } while (seen !== changes)
    if (source.readyState === EventSource.OPEN) store.setConnected(true)
  }

  function connect() {
    const source = new EventSource('/sandbox/events')
    /**
     * @template {import('../protocol.ts').EventName} Name
     * @param {Name} name
     * @param {(data: import('../protocol.ts').EventData<Name>) => void} apply
     */
    const on = (name, apply) =>
      source.addEventListener(name, (event) => {
        changes += 1
        apply(JSON.parse(/** @type {MessageEvent} */ (event).data))
      })
    on('chat', ({ personId, chat }) => store.setChat(personId, chat))
    on('person', (person) => store.setPerson(person))
    on('clock', (clock) => store.setClock(clock))
    on('bot', (bot) => store.setBot(bot))
    on('toast', ({ personId, text, alert }) => store.toast(personId, { text, alert }))
    on('received', (one) => store.setReceived(one))
    on('receiver', (receiver) => store.setReceiver(receiver))
    on('typing', ({ personId }) => store.typing(personId))

    /** Restarts a stream that the browser has given up, or whose state could not be read. */
    let over = false
    const again = () => {
      if (over) return
      over = true
      store.setConnected(false)
      source.close()
      setTimeout(connect, retryMs)
    }
    source.addEventListener('open', () => void catchUp(source).catch(again))
    source.addEventListener('error', () => {
      store.setConnected(false)
      if (source.readyState === EventSource.CLOSED) again()
    })
  }
  connect()
}

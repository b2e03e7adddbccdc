/** @typedef {import('../protocol.ts').State} State */
/** @typedef {import('../protocol.ts').Person} Person */
/** @typedef {import('../protocol.ts').ChatView} ChatView */
/** @typedef {import('../protocol.ts').BotView} BotView */
/** @typedef {import('../protocol.ts').Received} Received */
/** @typedef {import('../protocol.ts').ReceiverView} ReceiverView */
/** @typedef {{ text: string, alert: boolean }} Toast */
/**
 * Topics and their payloads; topics of one person end in their id.
 * @typedef {{
 *   people: Person[], bot: BotView, clock: import('../clock-protocol.ts').ClockView, regions: import('../region-protocol.ts').RegionsView | undefined, connection: boolean, unread: number, receiver: ReceiverView,
 *   [chat: `chat:${number}`]: ChatView | undefined, [toast: `toast:${number}`]: Toast,
 *   [typing: `typing:${number}`]: undefined,
 * }} Topics
 */

/** The same limit as on the server. */
const mostReceived = 200

/** The page's state, with subscriptions. */
export function createStore() {
  /** @type {Map<string, Set<(value: never) => void>>} */
  const listeners = new Map()
  /** @type {Map<number, Person>} */
  const people = new Map()
  /** @type {Map<number, ChatView>} */
  const chats = new Map()
  /** @type {BotView | undefined} */
  let bot
  /** @type {ReceiverView} */
  let receiver = { mode: 'ok', received: [] }

  /**
   * @template {keyof Topics} Topic
   * @param {Topic} topic
   * @param {Topics[Topic]} value
   */
  function tell(topic, value) {
    for (const listener of listeners.get(topic) ?? []) listener(/** @type {never} */ (value))
  }

  const store = {
    /**
     * @template {keyof Topics} Topic
     * @param {Topic} topic
     * @param {(value: Topics[Topic]) => void} listener
     */
    on(topic, listener) {
      const known = listeners.get(topic) ?? new Set()
      known.add(listener)
      listeners.set(topic, known)
    },
    /** @returns {Person[]} */
    people: () => [...people.values()],
    /** @param {number} personId */
    chat: (personId) => chats.get(personId),
    bot: () => bot,
    receiver: () => receiver,
    unread: () => [...chats.values()].reduce((sum, chat) => sum + chat.unread, 0),

    /** @param {State} state */
    setState(state) {
      store.setBot(state.bot)
      store.setClock(state.clock)
      tell('regions', state.regions)
      for (const person of state.people) people.set(person.id, person)
      for (const [id, chat] of Object.entries(state.chats)) chats.set(Number(id), chat)
      tell('people', store.people())
      for (const id of people.keys()) tell(`chat:${id}`, chats.get(id))
      tell('unread', store.unread())
    },
    /** @param {BotView} next */
    setBot(next) {
      bot = next
      tell('bot', next)
    },
    /** @param {import('../clock-protocol.ts').ClockView} clock */
    setClock: (clock) => tell('clock', clock),
    /** @param {Person} person */
    setPerson(person) {
      people.set(person.id, person)
      tell('people', store.people())
    },
    /**
     * @param {number} personId
     * @param {ChatView} chat
     */
    setChat(personId, chat) {
      chats.set(personId, chat)
      tell(`chat:${personId}`, chat)
      tell('unread', store.unread())
    },
    /** @param {ReceiverView} next */
    setReceiver(next) {
      receiver = next
      tell('receiver', next)
    },
    /** @param {Received} one new, or an update of the one with this `no` */
    setReceived(one) {
      const others = receiver.received.filter(({ no }) => no !== one.no)
      const received = [...others, one].sort((a, b) => a.no - b.no).slice(-mostReceived)
      store.setReceiver({ ...receiver, received })
    },
    /**
     * @param {number} personId
     * @param {Toast} toast
     */
    toast: (personId, toast) => tell(`toast:${personId}`, toast),
    /** @param {number} personId */
    typing: (personId) => tell(`typing:${personId}`, undefined),
    /** @param {boolean} connected */
    setConnected: (connected) => tell('connection', connected),
  }
  return store
}

/** @typedef {ReturnType<typeof createStore>} Store */

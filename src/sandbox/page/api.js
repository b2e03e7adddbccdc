/** @typedef {import('../protocol.ts').State} State */
/** @typedef {import('../protocol.ts').Person} Person */
/** @typedef {import('../protocol.ts').AddPerson} AddPerson */
/** @typedef {import('../protocol.ts').TapAnswer} TapAnswer */
/** @typedef {import('../protocol.ts').ReceiverView} ReceiverView */
/** @typedef {import('../protocol.ts').ReceiverMode} ReceiverMode */

/** A request that the sandbox's server refused. */
export class Refused extends Error {
  /**
   * @param {number} status HTTP
   * @param {string} reason the server's message, for developers
   */
  constructor(status, reason) {
    super(reason)
    this.status = status
  }
}

/**
 * @template Answer
 * @param {string} path
 * @param {RequestInit} [init]
 * @returns {Promise<Answer>}
 */
async function call(path, init) {
  const response = await fetch(path, init)
  const body = await response.json().catch(() => ({ error: response.statusText }))
  if (!response.ok) throw new Refused(response.status, String(body.error))
  return body
}

/**
 * @param {string} path
 * @param {object} body
 */
const post = (path, body) =>
  call(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

/**
 * @param {string} path
 * @param {File} file
 */
function upload(path, file) {
  const form = new FormData()
  form.set('file', file)
  return call(path, { method: 'POST', body: form })
}

/** @returns {Promise<State>} */
export const readState = () => call('/sandbox/state')

/**
 * @param {import('../clock-protocol.ts').MoveClock} move
 * @returns {Promise<import('../clock-protocol.ts').ClockView>}
 */
export const moveClock = (move) => post('/sandbox/clock', move)

/** @param {import('../region-protocol.ts').RegionsView['chosen']} region */
export const chooseRegion = (region) => post('/sandbox/region', { region })

/** @returns {Promise<ReceiverView>} */
export const readReceiver = () => call('/sandbox/receiver')

/** @param {ReceiverMode} mode */
export const setReceiverMode = (mode) => post('/sandbox/receiver/mode', { mode })

export const clearReceiver = () => post('/sandbox/receiver/clear', {})

/**
 * @param {AddPerson} person
 * @returns {Promise<Person>}
 */
export const addPerson = (person) => post('/sandbox/people', person)

/** @param {string} fileId */
export const fileAddress = (fileId) => `/sandbox/files/${encodeURIComponent(fileId)}`

/** All actions of one person. @param {number} personId */
export function actionsOf(personId) {
  const at = (/** @type {string} */ act) => `/sandbox/people/${personId}/${act}`
  return {
    text: (/** @type {string} */ text) => post(at('text'), { text }),
    edit: (/** @type {number} */ messageId, /** @type {string} */ text) =>
      post(at('edit'), { messageId, text }),
    /** @type {(messageId: number, data: string) => Promise<TapAnswer>} */
    tap: (messageId, data) => post(at('tap'), { messageId, data }),
    contact: (/** @type {{ phone?: string, firstName?: string }} */ contact) => post(at('contact'), contact),
    document: (/** @type {File} */ file) => upload(at('document'), file),
    picture: (/** @type {File} */ file) => upload(at('picture'), file),
    plain: (/** @type {'sticker' | 'voice' | 'location'} */ kind) => post(at(kind), {}),
    read: () => post(at('read'), {}),
    block: (/** @type {boolean} */ blocked) => post(at('block'), { blocked }),
    remove: (/** @type {number} */ messageId) => post(at('delete'), { messageId }),
  }
}

/** @typedef {ReturnType<typeof actionsOf>} PersonActions */

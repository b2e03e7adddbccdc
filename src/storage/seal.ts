import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { erasedText } from '#core/withheld.ts'
import { knownKey, type SubjectKey, wrapPlace } from './keys/known-keys.ts'

/** A 32-byte key, and its id, which is stored in every sealed value. */
export type SealKey = { id: string; key: Buffer }

/** Encrypts single columns with AES-256-GCM, so that a dump of the database does not reveal them. */
export type Sealer = {
  /** Ids of the keys; the first one seals. */
  ids: readonly string[]
  /** Seals with the first key. `aad` (`table.column.id`) binds the value to its place: it does not open elsewhere. */
  seal(text: string, aad: string): string
  /**
   * Opens a sealed value; `erasedText` if the key of its subject was destroyed. Throws UnknownKey, or SealError if the value was
   * altered or sealed for another place.
   */
  open(value: string, aad: string): string
  sealJson(value: unknown, aad: string): string
  /** The same of JSON: what was erased is `ifErased`; without that, throws SealError. */
  openJson(value: string, aad: string, ifErased?: unknown): unknown
  /** Seals with the key of a subject (ADR 109), and opens like this one. Throws SealError if it was destroyed. */
  under(key: SubjectKey): Sealer
  /** HMAC-SHA-256 with a key derived from the first one for this purpose: 43 characters of `A-Za-z0-9_-`. */
  sign(text: string, purpose: string): string
  /** The same with every key, the first one's first: what a rotation has renamed is found by the others. */
  signatures(text: string, purpose: string): readonly string[]
  /** Whether the signature was made with any of the keys; compares in constant time. */
  isSigned(text: string, signature: string, purpose: string): boolean
  /** A sealer whose keys are derived from these for one purpose (HKDF), under the same ids: rotated together. */
  derive(purpose: string): Sealer
}

export class SealError extends Error {
  override name = 'SealError'
}

/** The value's key is not configured; the value itself may be intact. */
export class UnknownKey extends SealError {
  override name = 'UnknownKey'
}

const ivLength = 12
const tagLength = 16

/** Random bytes for many values are asked for at once, and none is used twice. */
const createIvs = (): (() => Buffer) => {
  const together = 256
  let bytes = Buffer.alloc(0)
  return () => {
    if (bytes.length === 0) bytes = randomBytes(together * ivLength)
    const iv = bytes.subarray(0, ivLength)
    bytes = bytes.subarray(ivLength)
    return iv
  }
}

const derived = (key: Buffer, context: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, '', context, 32))

/** The first key seals, any key opens; to rotate, put a new key first. */
export const createSealer = (keys: readonly SealKey[]): Sealer => {
  const [first] = keys
  if (!first) throw new SealError('no key')
  for (const { id, key } of keys) {
    if (!/^[A-Za-z0-9_-]{1,32}$/.test(id) || key.length !== 32)
      throw new SealError('a key needs an id and 32 bytes')
  }
  // KeyObjects are created once: passing raw bytes costs more than the encryption itself.
  const byId = new Map(keys.map(({ id, key }) => [id, createSecretKey(key)]))
  const sealing = createSecretKey(first.key)
  const nextIv = createIvs()

  const seal = (text: string, aad: string) =>
    sealWith({ version: 'v1', id: first.id, key: sealing }, text, aad)
  const sealWith = (by: { version: string; id: string; key: KeyObject }, text: string, aad: string) => {
    const iv = nextIv()
    const cipher = createCipheriv('aes-256-gcm', by.key, iv).setAAD(Buffer.from(aad))
    const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
    return `${by.version}.${by.id}.${sealed.toString('base64url')}`
  }

  // A known key that is read again is another object, so nothing here outlives what is known.
  const unwrapped = new WeakMap<SubjectKey, KeyObject>()
  const unwrap = (known: SubjectKey, wrapped: string): KeyObject => {
    const before = unwrapped.get(known)
    if (before) return before
    const key = createSecretKey(Buffer.from(open(wrapped, wrapPlace(known)), 'base64url'))
    unwrapped.set(known, key)
    return key
  }
  /** Null: it was destroyed. */
  const keyOf = (version: string | undefined, id: string): KeyObject | null => {
    if (version === 'v1') {
      const key = byId.get(id)
      if (!key) throw new UnknownKey('unknown key')
      return key
    }
    if (version !== 'v2') throw new SealError('not a sealed value')
    const known = knownKey(id)
    if (!known) throw new UnknownKey('unknown key of a subject')
    return known.wrapped === null ? null : unwrap(known, known.wrapped)
  }

  const openUnlessErased = (value: string, aad: string): string | null => {
    const [version, id = '', body, ...rest] = value.split('.')
    if (body === undefined || rest.length > 0) throw new SealError('not a sealed value')
    const key = keyOf(version, id)
    if (key === null) return null
    const bytes = Buffer.from(body, 'base64url')
    if (bytes.length < ivLength + tagLength) throw new SealError('not a sealed value')
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivLength), {
      authTagLength: tagLength,
    })
    decipher.setAAD(Buffer.from(aad)).setAuthTag(bytes.subarray(-tagLength))
    try {
      const text = [decipher.update(bytes.subarray(ivLength, -tagLength)), decipher.final()]
      return Buffer.concat(text).toString('utf8')
    } catch (cause) {
      throw new SealError('altered, or sealed for another place', { cause })
    }
  }
  const open = (value: string, aad: string) => openUnlessErased(value, aad) ?? erasedText

  // Derived once per purpose: the purposes are constants of the code.
  const macKeys = new Map<string, KeyObject[]>()
  const macKeysFor = (purpose: string): KeyObject[] => {
    const known = macKeys.get(purpose)
    if (known) return known
    const made = keys.map(({ key }) => createSecretKey(derived(key, `sign.${purpose}`)))
    macKeys.set(purpose, made)
    return made
  }
  const macs = (text: string, purpose: string): Buffer[] =>
    macKeysFor(purpose).map((key) => createHmac('sha256', key).update(text).digest())
  const signatures = (text: string, purpose: string) =>
    macs(text, purpose).map((mac) => mac.toString('base64url'))

  const sealer: Sealer = {
    ids: keys.map(({ id }) => id),
    seal,
    open,
    sign: (text, purpose) => signatures(text, purpose)[0] as string,
    signatures,
    isSigned: (text, signature, purpose) => {
      const given = Buffer.from(signature, 'base64url')
      return macs(text, purpose).some((mac) => mac.length === given.length && timingSafeEqual(mac, given))
    },
    derive: (purpose) =>
      createSealer(keys.map(({ id, key }) => ({ id, key: derived(key, `seal.${purpose}`) }))),
    sealJson: (value, aad) => seal(JSON.stringify(value), aad),
    openJson: (value, aad, ifErased) => {
      const json = openUnlessErased(value, aad)
      if (json !== null) return JSON.parse(json)
      if (ifErased === undefined) throw new SealError('the key was destroyed')
      return ifErased
    },
    under: (known) => {
      if (known.wrapped === null) throw new SealError('the key was destroyed')
      const by = { version: 'v2', id: known.id, key: unwrap(known, known.wrapped) }
      return {
        ...sealer,
        seal: (text, aad) => sealWith(by, text, aad),
        sealJson: (value, aad) => sealWith(by, JSON.stringify(value), aad),
      }
    },
  }
  return sealer
}

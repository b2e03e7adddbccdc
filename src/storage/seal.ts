import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'

/** An id that is stored inside every sealed value, and 32 bytes. */
export type SealKey = { id: string; key: Buffer }

/** AES-256-GCM over single columns: a dump of the database shows none of what is sealed. */
export type Sealer = {
  /** Seals with the first key. `aad` binds the value to its place, `table.column.id`: moved elsewhere it does not open. */
  seal(text: string, aad: string): string
  /** Throws UnknownKey, or SealError when the value was changed or belongs to another place. */
  open(value: string, aad: string): string
  sealJson(value: unknown, aad: string): string
  openJson(value: string, aad: string): unknown
  /** HMAC-SHA-256 with a key that is derived from the first one for this purpose: 43 characters of `A-Za-z0-9_-`. */
  sign(text: string, purpose: string): string
  /** Whether it was signed with any of the keys; in a time that does not tell how far it is right. */
  isSigned(text: string, signature: string, purpose: string): boolean
}

export class SealError extends Error {
  override name = 'SealError'
}

/** The value may be whole: its key is not among those that were given. */
export class UnknownKey extends SealError {
  override name = 'UnknownKey'
}

const ivLength = 12
const tagLength = 16

/** The first key seals, any opens; so a key is rotated by putting a new one in front. */
export const createSealer = (keys: readonly SealKey[]): Sealer => {
  const [first] = keys
  if (!first) throw new SealError('no key')
  for (const { id, key } of keys) {
    if (!/^[A-Za-z0-9_-]{1,32}$/.test(id) || key.length !== 32)
      throw new SealError('a key needs an id and 32 bytes')
  }
  // Made once: handing over raw bytes costs more than sealing with them.
  const byId = new Map(keys.map(({ id, key }) => [id, createSecretKey(key)]))
  const sealing = createSecretKey(first.key)

  const seal = (text: string, aad: string) => {
    const iv = randomBytes(ivLength)
    const cipher = createCipheriv('aes-256-gcm', sealing, iv).setAAD(Buffer.from(aad))
    const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
    return `v1.${first.id}.${sealed.toString('base64url')}`
  }

  const open = (value: string, aad: string) => {
    const [version, id, body, ...rest] = value.split('.')
    const key = byId.get(id ?? '')
    if (version !== 'v1' || body === undefined || rest.length > 0) throw new SealError('not a sealed value')
    if (!key) throw new UnknownKey('unknown key')
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
      throw new SealError('changed, or sealed for another place', { cause })
    }
  }

  const macBy = ({ key }: SealKey, text: string, purpose: string): Buffer =>
    createHmac('sha256', Buffer.from(hkdfSync('sha256', key, '', `sign.${purpose}`, 32)))
      .update(text)
      .digest()

  return {
    seal,
    open,
    sign: (text, purpose) => macBy(first, text, purpose).toString('base64url'),
    isSigned: (text, signature, purpose) => {
      const given = Buffer.from(signature, 'base64url')
      return keys.some((key) => {
        const mac = macBy(key, text, purpose)
        return mac.length === given.length && timingSafeEqual(mac, given)
      })
    },
    sealJson: (value, aad) => seal(JSON.stringify(value), aad),
    openJson: (value, aad) => JSON.parse(open(value, aad)),
  }
}

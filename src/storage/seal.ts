import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'

/** A 32-byte key, and its id, which is stored in every sealed value. */
export type SealKey = { id: string; key: Buffer }

/** Encrypts single columns with AES-256-GCM, so that a dump of the database does not reveal them. */
export type Sealer = {
  /** Seals with the first key. `aad` (`table.column.id`) binds the value to its place: it does not open elsewhere. */
  seal(text: string, aad: string): string
  /** Opens a sealed value. Throws UnknownKey, or SealError if the value was altered or sealed for another place. */
  open(value: string, aad: string): string
  sealJson(value: unknown, aad: string): string
  openJson(value: string, aad: string): unknown
  /** HMAC-SHA-256 with a key derived from the first one for this purpose: 43 characters of `A-Za-z0-9_-`. */
  sign(text: string, purpose: string): string
  /** Whether the signature was made with any of the keys; compares in constant time. */
  isSigned(text: string, signature: string, purpose: string): boolean
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

  const seal = (text: string, aad: string) => {
    const iv = nextIv()
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
      throw new SealError('altered, or sealed for another place', { cause })
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

import { type Sealer, SealError } from '#storage/seal.ts'

/**
 * How sessions stand in Redis: sealed with keys of their own, under a keyed hash of the account. Neither a name nor a
 * value tells who wrote what, see ADR 36.
 */
export type Concealed = {
  /**
   * The names that an account's session may have: today's first, then those by older keys, then the plain one of
   * versions before ADR 36.
   */
  names(account: string): Names
  seal(account: string, json: string): string
  /** Opens a value found under one of the account's names. Null if it is damaged, or its key is not configured. */
  open(account: string, name: string, value: string): string | null
}

export type Names = readonly [today: string, ...earlier: string[]]

const purpose = 'sessions'
/** Bytes. */
const step = 256
const prefix = 'ryadom:session:'
/** Names are cached: an HMAC per input is cheap, but it is always the same. */
const mostNames = 20_000

/** Spaces behind JSON change nothing; without them, the length of a value would tell which question is being answered. */
const padded = (json: string): string => json + ' '.repeat(step - (Buffer.byteLength(json) % step))

export const createConcealed = (sealer: Sealer): Concealed => {
  const own = sealer.derive(purpose)
  const cached = new Map<string, Names>()
  const names = (account: string): Names => {
    const known = cached.get(account)
    if (known) return known
    if (cached.size >= mostNames) cached.clear()
    const [today = '', ...earlier] = sealer.signatures(account, purpose).map((mac) => prefix + mac)
    const made: Names = [today, ...earlier, account]
    cached.set(account, made)
    return made
  }
  return {
    names,
    // Bound to the account: a value copied to another person's name does not open there.
    seal: (account, json) => own.seal(padded(json), `sessions.${account}`),
    open: (account, name, value) => {
      if (name === account) return value
      try {
        return own.open(value, `sessions.${account}`)
      } catch (error) {
        if (error instanceof SealError) return null
        throw error
      }
    },
  }
}

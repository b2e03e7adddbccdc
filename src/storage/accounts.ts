import type { Sealer } from './seal.ts'

/**
 * How the database has a person's account (`telegram:5000001`): under a keyed hash for look-up, and sealed for sending, so
 * that a dump without the keys does not tell whose a row is. See ADR 51.
 */
export type StoredAccount = {
  id: string
  /** The hash; the account itself in a row of before ADR 51. */
  account: string
  sealedAccount: string | null
}

const purpose = 'accounts'
/** Sealed at this length (bytes): the age of a Telegram account shows in the length of its id. */
const length = 32

const aadOf = (personId: string): string => `persons.sealed_account.${personId}`

/** What an account may be stored under: the hash by the first key, those by older keys, and plain as before ADR 51. */
export const namesOf = (sealer: Sealer, account: string): string[] => {
  const known = names.get(sealer) ?? new Map<string, string[]>()
  names.set(sealer, known)
  const found = known.get(account)
  if (found) return found
  if (known.size >= mostNames) known.clear()
  const made = [...sealer.signatures(account, purpose), account]
  known.set(account, made)
  return made
}

/** Asked with nearly every input of a person. */
const names = new WeakMap<Sealer, Map<string, string[]>>()
const mostNames = 10_000

/** Conceals an account for the row of this person; `own` seals for them. */
export const concealAccount = (
  sealer: Sealer,
  personId: string,
  account: string,
  own: Sealer = sealer,
): { account: string; sealedAccount: string } => ({
  account: namesOf(sealer, account)[0] as string,
  sealedAccount: own.seal(account.padEnd(length), aadOf(personId)),
})

/** The recipient that `openAccount` opens: `<person id>.<sealed account>`, which may go through the whole app. */
export const recipientOf = ({ id, account, sealedAccount }: StoredAccount): string =>
  sealedAccount === null ? account : `${id}.${sealedAccount}`

/** The account of a recipient; one that is plain is returned as it is. Throws like `Sealer.open`. */
export const openAccount = (sealer: Sealer, recipient: string): string => {
  const personId = personOfRecipient(recipient)
  return personId === null
    ? recipient
    : sealer.open(recipient.slice(personId.length + 1), aadOf(personId)).trimEnd()
}

/** The person's id in a recipient; null in a plain account. */
export const personOfRecipient = (recipient: string): string | null =>
  recipient.includes(':') ? null : recipient.slice(0, recipient.indexOf('.'))

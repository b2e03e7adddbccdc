import { randomBytes } from 'node:crypto'
import { newId } from '#core/ids.ts'
import { concealAccount, namesOf } from '#storage/accounts.ts'
import { createSealer } from '#storage/seal.ts'

/** The key of this run: the bench seals and looks up accounts as the product does (ADR 51). */
const key = { id: 'bench', key: randomBytes(32) }
/** As in `DATA_KEYS`. */
export const dataKeys = `${key.id}:${key.key.toString('base64')}`
export const sealer = createSealer([key])

/** What `persons.account` has for an account. */
export const storedAs = (account: string): string => namesOf(sealer, account)[0] ?? account

/** `persons.id`, `account` and `sealed_account` of new people, in columns for `unnest`. */
export const peopleOf = (accounts: readonly string[]): [string[], string[], string[]] => {
  const rows = accounts.map((account) => {
    const id = newId()
    return { id, ...concealAccount(sealer, id, account) }
  })
  return [
    rows.map(({ id }) => id),
    rows.map(({ account }) => account),
    rows.map(({ sealedAccount }) => sealedAccount),
  ]
}

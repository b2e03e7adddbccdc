import { randomUUID } from 'node:crypto'
import { concealAccount, namesOf } from '#storage/accounts.ts'
import { createSealer } from '#storage/seal.ts'

export const testKeys = [{ id: 'test', key: Buffer.alloc(32, 7) }]
export const testSealer = createSealer(testKeys)

/** What `persons.account` has for an account. */
export const storedAs = (account: string): string => namesOf(testSealer, account)[0] ?? ''

/** The same for somebody of the emulated Telegram. */
export const storedAccount = ({ id }: { id: number }, sealer = testSealer): string =>
  namesOf(sealer, `telegram:${id}`)[0] ?? ''

/** A row of `persons`, written without the product. */
export const personRow = (account: string) => {
  const id = randomUUID()
  return { id, ...concealAccount(testSealer, id, account) }
}

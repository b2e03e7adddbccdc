import { concealAccount, openAccount, recipientOf, type StoredAccount } from './accounts.ts'
import { type Database, type Reader, readFrom } from './database.ts'
import { SealError, type Sealer } from './seal.ts'

/**
 * Returns accounts that the first key has not concealed, by ascending id: of before ADR 51, or of a key that was the first
 * one then. `after`: an id.
 */
export const accountsToSeal = (
  reader: Reader,
  sealer: Sealer,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<StoredAccount[]> => readFrom(reader).$queryRaw<StoredAccount[]>`
  SELECT id::text AS id, account, sealed_account AS "sealedAccount" FROM persons
  WHERE id > ${after ?? smallest}::uuid
    AND (sealed_account IS NULL OR split_part(sealed_account, '.', 2) <> ${sealer.ids[0] ?? ''})
  ORDER BY id LIMIT ${limit}`

const smallest = '00000000-0000-0000-0000-000000000000'

/** Conceals an account with the first key; returns false if somebody else has. Throws SealError if it cannot be opened. */
export const sealStoredAccount = async (
  { prisma }: Database,
  sealer: Sealer,
  stored: StoredAccount,
): Promise<boolean> => {
  const { id, account: before } = stored
  const data = concealAccount(sealer, id, openAccount(sealer, recipientOf(stored)))
  return (await prisma.person.updateMany({ where: { id, account: before }, data })).count === 1
}

/** Returns the ids of keys in `persons` that are not configured, or whose bytes are others under the same id. */
export const missingAccountKeys = async (reader: Reader, sealer: Sealer): Promise<string[]> => {
  const samples = await readFrom(reader).$queryRaw<(StoredAccount & { key: string })[]>`
    SELECT DISTINCT ON (key) split_part(sealed_account, '.', 2) AS key, id::text AS id, account,
      sealed_account AS "sealedAccount"
    FROM persons WHERE sealed_account IS NOT NULL ORDER BY key`
  return samples.filter((sample) => !opens(sealer, sample)).map(({ key }) => key)
}

const opens = (sealer: Sealer, stored: StoredAccount): boolean => {
  try {
    openAccount(sealer, recipientOf(stored))
    return true
  } catch (error) {
    if (error instanceof SealError) return false
    throw error
  }
}

import { concealAccount, openAccount, recipientOf, type StoredAccount } from './accounts.ts'
import { type Database, type Reader, readFrom } from './database.ts'
import { rewrapKeyOf, sealerOf } from './keys/subject-keys.ts'
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
  SELECT persons.id::text AS id, account, sealed_account AS "sealedAccount" FROM persons
  LEFT JOIN subject_keys k ON k.kind = 'person' AND k.subject_id = persons.id
  WHERE persons.id > ${after ?? smallest}::uuid AND account NOT LIKE 'erased:%' AND (
    sealed_account IS NULL OR sealed_account NOT LIKE 'v2.%' OR split_part(k.wrapped, '.', 2) <> ${sealer.ids[0] ?? ''}
  )
  ORDER BY persons.id LIMIT ${limit}`

const smallest = '00000000-0000-0000-0000-000000000000'

/**
 * Conceals an account with the first key and seals it with the person's own, which is wrapped by the first key from then on: who
 * wrapped it tells who made the hash. Returns false if somebody else has. Throws SealError if it cannot be opened.
 */
export const sealStoredAccount = (
  database: Database,
  sealer: Sealer,
  stored: StoredAccount,
): Promise<boolean> => {
  const { id, account: before } = stored
  const account = openAccount(sealer, recipientOf(stored))
  return database.transaction(async (tx) => {
    const own = await sealerOf(tx, sealer, { person: id })
    await rewrapKeyOf(tx, sealer, { person: id })
    const data = concealAccount(sealer, id, account, own)
    return (
      (
        await tx.person.updateMany({
          where: { id, account: before, sealedAccount: stored.sealedAccount },
          data,
        })
      ).count === 1
    )
  })
}

/** Returns the ids of keys in `persons` that are not configured, or whose bytes are others under the same id. */
export const missingAccountKeys = async (reader: Reader, sealer: Sealer): Promise<string[]> => {
  const samples = await readFrom(reader).$queryRaw<(StoredAccount & { key: string | null })[]>`
    SELECT DISTINCT ON (key) split_part(CASE WHEN sealed_account LIKE 'v2.%' THEN wrapped ELSE sealed_account END, '.', 2)
      AS key, persons.id::text AS id, account, sealed_account AS "sealedAccount"
    FROM persons LEFT JOIN subject_keys k ON k.kind = 'person' AND k.subject_id = persons.id
    WHERE sealed_account IS NOT NULL ORDER BY key`
  return samples.filter((sample) => !opens(sealer, sample)).map(({ key }) => key ?? 'subject_keys')
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

import type { Log } from '#core/log.ts'
import { type Refusal, StartRefused } from '#core/start-refused.ts'
import type { Database } from './database.ts'
import { SealError, type Sealer } from './seal.ts'
import { missingAccountKeys } from './stored-accounts.ts'

type Deps = { sealer: Sealer; region: string }

/** What is wrong with the rows for this app; `incomplete`: of the rows looked at, how many do not open. */
export type StoredDataState = {
  refused: StartRefused | null
  incomplete: { failed: number; of: number } | null
}

/**
 * Looks whether the database belongs to another region, whether the keys open what is sealed there (the app would greet
 * families and show them nothing; looks at the newest rows only), and whether a key of accounts is missing.
 */
export const lookAtStoredData = async (
  database: Database,
  { sealer, region }: Deps,
): Promise<StoredDataState> => {
  const refused = (code: Refusal, message: string): StoredDataState => ({
    refused: new StartRefused(code, message),
    incomplete: null,
  })
  const { prisma } = database
  const request = await prisma.request.findFirst({
    orderBy: [{ submittedAt: 'desc' }, { id: 'desc' }],
    select: { id: true, region: true, contact: true },
  })
  const family = await prisma.family.findFirst({ orderBy: { number: 'desc' }, select: { region: true } })
  const other = [request, family].find((row) => row && row.region !== region)?.region
  if (other)
    return refused(
      'data.other-region',
      `The database holds data of the region «${other}», and REGION is «${region}»: correct REGION, or name another database (DATABASE_URL, or DATA_DIR)`,
    )
  const member = await prisma.familyMember.findFirst({
    orderBy: { addedAt: 'desc' },
    select: { id: true, name: true },
  })
  const draft = await prisma.draft.findFirst({
    orderBy: { updatedAt: 'desc' },
    select: { personId: true, answers: true },
  })
  const opened = [
    ...(request ? [opens(sealer, request.contact, `requests.contact.${request.id}`)] : []),
    ...(member ? [opens(sealer, member.name, `family_members.name.${member.id}`)] : []),
    ...(draft ? [opens(sealer, draft.answers, `drafts.answers.${draft.personId}`)] : []),
  ]
  const failed = opened.filter((ok) => !ok).length
  if (failed > 0 && failed === opened.length)
    return refused(
      'keys.open-nothing',
      'The keys in DATA_KEYS open nothing of what is sealed in this database: add the key that was used (with its id), or name another database',
    )
  const keys = await missingAccountKeys(database, sealer)
  if (keys.length > 0)
    return refused(
      'keys.accounts',
      `Accounts of people are sealed with a key that DATA_KEYS lacks, or has with another value (id: ${keys.join(', ')}): they would be strangers to the bot. Add the key; it can go when the log has said accounts.sealed and nothing else needs it`,
    )
  return { refused: null, incomplete: failed > 0 ? { failed, of: opened.length } : null }
}

/** Throws StartRefused if the app must not start on this data; keys that open a part are logged. */
export const checkStoredData = async (
  database: Database,
  { log, ...deps }: Deps & { log: Log },
): Promise<void> => {
  const { refused, incomplete } = await lookAtStoredData(database, deps)
  if (refused) throw refused
  if (incomplete) log.error('keys.incomplete', incomplete)
}

const opens = (sealer: Sealer, value: string, aad: string): boolean => {
  try {
    sealer.open(value, aad)
    return true
  } catch (error) {
    if (error instanceof SealError) return false
    throw error
  }
}

import type { Log } from '#core/log.ts'
import { StartRefused } from '#core/start-refused.ts'
import type { Database } from './database.ts'
import { SealError, type Sealer } from './seal.ts'
import { missingAccountKeys } from './stored-accounts.ts'

/**
 * Throws StartRefused if the database belongs to another region, if none of the keys opens what is sealed there (the app
 * would greet families and show them nothing; looks at the newest rows only), or if a key of accounts is missing.
 */
export const checkStoredData = async (
  database: Database,
  { sealer, region, log }: { sealer: Sealer; region: string; log: Log },
): Promise<void> => {
  const { prisma } = database
  const request = await prisma.request.findFirst({
    orderBy: [{ submittedAt: 'desc' }, { id: 'desc' }],
    select: { id: true, region: true, contact: true },
  })
  const family = await prisma.family.findFirst({ orderBy: { number: 'desc' }, select: { region: true } })
  const other = [request, family].find((row) => row && row.region !== region)?.region
  if (other)
    throw new StartRefused(
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
    throw new StartRefused(
      'The keys in DATA_KEYS open nothing of what is sealed in this database: add the key that was used (with its id), or name another database',
    )
  const keys = await missingAccountKeys(database, sealer)
  if (keys.length > 0)
    throw new StartRefused(
      `Accounts of people are sealed with a key that DATA_KEYS lacks, or has with another value (id: ${keys.join(', ')}): they would be strangers to the bot. Add the key; it can go when the log has said accounts.sealed and nothing else needs it`,
    )
  if (failed > 0) log.error('keys.incomplete', { failed, of: opened.length })
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

import type { Log } from '#core/log.ts'
import { StartRefused } from '#core/start-refused.ts'
import type { Database } from './database.ts'
import { SealError, type Sealer } from './seal.ts'

/**
 * Throws StartRefused if the database belongs to another region, or if none of the keys opens what is sealed there: the
 * app would greet families and show them nothing. Looks at the newest rows only.
 */
export const checkStoredData = async (
  { prisma }: Database,
  { sealer, region, log }: { sealer: Sealer; region: string; log: Log },
): Promise<void> => {
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
  if (failed === 0) return
  if (failed === opened.length)
    throw new StartRefused(
      'The keys in DATA_KEYS open nothing of what is sealed in this database: add the key that was used (with its id), or name another database',
    )
  log.error('keys.incomplete', { failed, of: opened.length })
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

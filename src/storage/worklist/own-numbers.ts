import { type Reader, readFrom } from '#storage/database.ts'

/** Numbers of a member's open requests and active families, the newest first. */
export const ownNumbers = async (
  reader: Reader,
  { staffId, most }: { staffId: string; most: number },
): Promise<{ requests: { id: string; number: string }[]; families: { id: string; number: number }[] }> => {
  const db = readFrom(reader)
  const [requests, families] = await Promise.all([
    db.request.findMany({
      where: { assignedToId: staffId, status: { in: ['submitted', 'claimed'] } },
      select: { id: true, number: true },
      orderBy: [{ submittedAt: 'desc' }, { id: 'asc' }],
      take: most,
    }),
    db.family.findMany({
      where: { curatorId: staffId, status: 'active' },
      select: { id: true, number: true },
      orderBy: { number: 'desc' },
      take: most,
    }),
  ])
  return { requests, families }
}

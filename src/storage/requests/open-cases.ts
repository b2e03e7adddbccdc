import { type Database, type Reader, readFrom } from '#storage/database.ts'

/** The request that a member of staff has opened last, on their live card. */
export type OpenCase = { staffId: string; requestId: string; at: Date }

export const setOpenCase = async (db: Database, { staffId, requestId, at }: OpenCase): Promise<void> => {
  await db.prisma.$executeRaw`
    INSERT INTO open_cases (staff_id, request_id, at) VALUES (${staffId}::uuid, ${requestId}::uuid, ${at})
    ON CONFLICT (staff_id) DO UPDATE SET request_id = EXCLUDED.request_id, at = EXCLUDED.at`
}

/** Who has a request open, if they opened it since a moment. */
export const openCasesOf = async (reader: Reader, requestId: string, since: Date): Promise<string[]> => {
  const where = { requestId, at: { gte: since } }
  const rows = await readFrom(reader).openCase.findMany({ where, select: { staffId: true } })
  return rows.map(({ staffId }) => staffId)
}

import { Prisma } from '#generated/client.ts'
import { type Reader, readFrom } from '#storage/database.ts'

/** Whether the family `f` came with an urgent request and nobody has been there yet: accepting makes nobody safe. */
export const stillUrgent = Prisma.sql`(
  EXISTS (SELECT FROM requests request WHERE request.id = f.request_id AND request.urgent)
  AND NOT EXISTS (SELECT FROM visits visit WHERE visit.family_id = f.id AND visit.status = 'done'))`

export const isStillUrgent = async (reader: Reader, familyId: string): Promise<boolean> => {
  const [row] = await readFrom(reader).$queryRaw<{ urgent: boolean }[]>`
    SELECT ${stillUrgent} AS urgent FROM families f WHERE f.id = ${familyId}::uuid AND f.status = 'active'`
  return row?.urgent ?? false
}

import { Prisma } from '#generated/client.ts'
import { type Reader, readFrom } from '#storage/database.ts'
import type { Family } from './families.ts'

export type ActiveFamily = Pick<Family, 'id' | 'number' | 'territory' | 'level' | 'curatorId'>

/** Families under support in some territories, by number, after one. */
export const activeFamiliesAfter = (
  reader: Reader,
  {
    region,
    territories,
    after,
    limit,
  }: { region: string; territories: readonly string[] | 'all'; after: number; limit: number },
): Promise<ActiveFamily[]> =>
  readFrom(reader).$queryRaw<ActiveFamily[]>`
    SELECT f.id, f.number, f.territory, f.level, f.curator_id AS "curatorId" FROM families f
    WHERE f.region = ${region} AND f.status = 'active' AND f.number > ${after}
      ${territories === 'all' ? Prisma.empty : Prisma.sql`AND f.territory = ANY (${[...territories]}::text[])`}
    ORDER BY f.number LIMIT ${limit}`

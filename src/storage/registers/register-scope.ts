import { Prisma } from '#generated/client.ts'

/** ISO days, both included, in the territories that the reader serves. */
export type RegisterScope = { from: string; until: string; territories: readonly string[] | 'all' }

/** Of families `f`. */
export const withinTerritories = ({ territories }: Pick<RegisterScope, 'territories'>): Prisma.Sql =>
  territories === 'all' ? Prisma.sql`true` : Prisma.sql`f.territory = ANY (${[...territories]}::text[])`

import { type Reader, readFrom } from '#storage/database.ts'

/** A family as far as it matters who has it: nothing personal. */
export type HeldFamily = {
  id: string
  number: number
  territory: string
  stage: string
  level: string | null
  curatorId: string | null
}

const columns = {
  id: true,
  number: true,
  territory: true,
  stage: true,
  level: true,
  curatorId: true,
} as const

/** Active families of a curator, by number. */
export const familiesOfCurator = (reader: Reader, curatorId: string): Promise<HeldFamily[]> =>
  readFrom(reader).family.findMany({
    where: { curatorId, status: 'active' },
    orderBy: { number: 'asc' },
    select: columns,
  })

export const familiesByIds = (reader: Reader, ids: readonly string[]): Promise<HeldFamily[]> =>
  readFrom(reader).family.findMany({
    where: { id: { in: [...ids] } },
    orderBy: { number: 'asc' },
    select: columns,
  })

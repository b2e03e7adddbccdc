import { type Reader, readFrom, type Tx } from '#storage/database.ts'

export const needKinds = ['category', 'circumstance'] as const
export type NeedKind = (typeof needKinds)[number]
/** `other`: somebody who told the centre of the family; `survey`: the visit at home; `body`: a consilium or a commission. */
export const needFinders = ['family', 'other', 'staff', 'survey', 'body'] as const
export type NeedFinder = (typeof needFinders)[number]

/** One version of a category or circumstance of a family. */
export type StoredNeed = {
  id: string
  /** The id of its first version. */
  needId: string
  version: number
  familyId: string
  kind: NeedKind
  /** Sealed at `case_needs.code` / id. */
  code: string
  since: Date
  until: Date | null
  withdrawn: boolean
  foundBy: NeedFinder
  requestId: string | null
  /** Sealed at `case_needs.reason` / id. */
  reason: string | null
  staffId: string | null
  apiKeyId: string | null
  at: Date
}

export const insertNeed = async (tx: Tx, need: StoredNeed): Promise<void> => {
  await tx.caseNeed.create({ data: need })
}

/** All versions of a family's needs, oldest first. */
export const needsOf = async (reader: Reader, familyId: string): Promise<StoredNeed[]> => {
  const rows = await readFrom(reader).caseNeed.findMany({
    where: { familyId },
    orderBy: [{ at: 'asc' }, { version: 'asc' }, { id: 'asc' }],
  })
  return rows.map((row) => ({
    ...row,
    kind: row.kind as NeedKind,
    foundBy: row.foundBy as NeedFinder,
  }))
}

export type StoredMain = { id: bigint; needId: string; since: Date }

export const insertMain = async (
  tx: Tx,
  main: {
    familyId: string
    needId: string
    since: Date
    staffId: string | null
    apiKeyId: string | null
    at: Date
  },
): Promise<void> => {
  await tx.mainCategory.create({ data: main })
}

/** In the order in which they were marked. */
export const mainsOf = (reader: Reader, familyId: string): Promise<StoredMain[]> =>
  readFrom(reader).mainCategory.findMany({
    where: { familyId },
    select: { id: true, needId: true, since: true },
    orderBy: { id: 'asc' },
  })

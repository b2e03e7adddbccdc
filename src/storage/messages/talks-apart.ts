import { type Reader, readFrom, type Tx } from '#storage/database.ts'

/** What a member and the centre write to each other while the curator must not read it. */
export type TalkApart = {
  id: string
  memberId: string
  /** From whom it is hidden. */
  staffIds: string[]
  since: Date
}

/** Returns the open talk of a member; null: nothing is hidden. */
export const talkApartOf = async (reader: Reader, memberId: string): Promise<TalkApart | null> =>
  (await talksApartOf(reader, [memberId])).get(memberId) ?? null

/** Returns the open talks of members, by member. */
export const talksApartOf = async (
  reader: Reader,
  memberIds: readonly string[],
): Promise<Map<string, TalkApart>> => {
  const where = { memberId: { in: [...memberIds] }, endedAt: null }
  const rows = await readFrom(reader).talkApart.findMany({ where })
  return new Map(rows.map(({ familyId: _, endedAt: __, ...row }) => [row.memberId, row]))
}

/** From whom any member of a family hides what they write, or from whom a line of the request is kept that it came from. */
export const hiddenFromInFamily = async (reader: Reader, familyId: string): Promise<Set<string>> => {
  const where = { familyId, endedAt: null }
  const rows = await readFrom(reader).talkApart.findMany({ where, select: { staffIds: true } })
  const lines = await readFrom(reader).requestEvent.findMany({
    where: { request: { family: { id: familyId } }, hiddenFrom: { isEmpty: false } },
    select: { hiddenFrom: true },
  })
  return new Set([
    ...rows.flatMap(({ staffIds }) => staffIds),
    ...lines.flatMap(({ hiddenFrom }) => hiddenFrom),
  ])
}

export const insertTalkApart = async (tx: Tx, talk: TalkApart & { familyId: string }): Promise<void> => {
  await tx.talkApart.create({ data: talk })
}

export const setTalkHiddenFrom = async (tx: Tx, id: string, staffIds: readonly string[]): Promise<void> => {
  await tx.talkApart.update({ where: { id }, data: { staffIds: [...staffIds] } })
}

/** Ends a member's open talk; returns false if there is none. */
export const endTalkApart = async (tx: Tx, memberId: string, now: Date): Promise<boolean> =>
  (await tx.talkApart.updateMany({ where: { memberId, endedAt: null }, data: { endedAt: now } })).count === 1

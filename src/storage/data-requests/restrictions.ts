import { type Reader, readFrom, type Tx } from '#storage/database.ts'
import { accountsOfPapers } from '#storage/one-person.ts'

/** Why a person's data may not be processed; both null: they may. */
export type Restriction = {
  /** The consent is withdrawn. */
  consentWithdrawnAt: Date | null
  /** Staff have blocked the data. */
  restrictedSince: Date | null
}

export const restrictionOf = async (reader: Reader, personId: string): Promise<Restriction> =>
  (await readFrom(reader).person.findUnique({
    where: { id: personId },
    select: { consentWithdrawnAt: true, restrictedSince: true },
  })) ?? { consentWithdrawnAt: null, restrictedSince: null }

/** Whether everything about them was erased: what is left says nothing of them. */
export const isErased = async (reader: Reader, personId: string): Promise<boolean> =>
  (await readFrom(reader).person.count({ where: { id: personId, erasedAt: { not: null } } })) > 0

/** `null`: the consent stands again. */
export const setConsentWithdrawn = async (tx: Tx, personId: string, at: Date | null): Promise<void> => {
  await tx.person.updateMany({ where: { id: personId }, data: { consentWithdrawnAt: at } })
}

export const setRestricted = async (tx: Tx, personId: string, since: Date | null): Promise<void> => {
  await tx.person.updateMany({ where: { id: personId }, data: { restrictedSince: since } })
}

/** Ends the person's calendar links. */
export const endCalendarLinks = async (tx: Tx, personId: string, now: Date): Promise<void> => {
  await tx.calendarLink.updateMany({ where: { personId, revokedAt: null }, data: { revokedAt: now } })
}

/** Drops what waits to be sent to the person. */
export const dropPushesTo = async (tx: Tx, personId: string, now: Date): Promise<void> => {
  const where = { personId, status: { in: ['waiting', 'held'] } }
  await tx.push.updateMany({ where, data: { status: 'dropped', endedAt: now } })
}

/** Somebody's data are closed for a data request that is open. */
export type Block = {
  personId: string
  dataRequestId: string
  /** `withdrawn`: the consent to processing is, and they wait to be destroyed; `blocked`: somebody has blocked them. */
  ground: 'blocked' | 'withdrawn'
  /** Of the data request. */
  number: number
  since: Date
  /** By when it must be answered, with which the block ends, or the data are destroyed. */
  until: Date
  /** First name of whoever has blocked them; null: a system of the centre. */
  by: string | null
}

/** A letter is answered before what it withdrew is destroyed; who withdraws in the bot is promised the day after all of it. */
const ending = (dueAt: Date, eraseAt: Date | null): Date =>
  eraseAt !== null && eraseAt > dueAt ? new Date(eraseAt.getTime() + margin) : dueAt
/** As between the beginning of a destruction and the end of its term: a machine may stand for a night. */
const margin = 2 * 24 * 60 * 60 * 1000

/** Those of these people whose consent to processing is withdrawn, until they give it again. */
const withdrawnAmong = async (reader: Reader, personIds: readonly string[]): Promise<string[]> => {
  const where = { id: { in: [...personIds] }, consentWithdrawnAt: { not: null } }
  return (await readFrom(reader).person.findMany({ where, select: { id: true } })).map(({ id }) => id)
}

/**
 * The block of each of these people, by their id; of several the one that lasts longest. Who signed on paper and has an account by now is
 * blocked with it.
 */
export const blocksOf = async (
  reader: Reader,
  personIds: readonly (string | null)[],
): Promise<ReadonlyMap<string, Block>> => {
  const ids = [...new Set(personIds.filter((id) => id !== null))]
  if (ids.length === 0) return new Map()
  const accounts = await accountsOfPapers(reader, ids)
  const all = [...ids, ...accounts.values()]
  const withdrawn = await withdrawnAmong(reader, all)
  const rows = await readFrom(reader).dataRequest.findMany({
    where: {
      closedAt: null,
      OR: [
        { personId: { in: all }, restrictedAt: { not: null } },
        { personId: { in: withdrawn }, eraseAt: { not: null } },
      ],
    },
    orderBy: { dueAt: 'asc' },
    include: {
      steps: {
        where: { kind: 'restricted' },
        orderBy: { id: 'desc' },
        take: 1,
        include: { staff: { select: { name: true } } },
      },
    },
  })
  const blocks = new Map<string, Block>()
  for (const { id, number, personId, restrictedAt, eraseAt, at, dueAt, steps } of rows) {
    if (personId === null) continue
    const ground = eraseAt === null ? ('blocked' as const) : ('withdrawn' as const)
    const since = {
      dataRequestId: id,
      number,
      ground,
      since: restrictedAt ?? at,
      until: ending(dueAt, eraseAt),
    }
    for (const one of ids)
      if (one === personId || accounts.get(one) === personId)
        blocks.set(one, { ...since, personId: one, by: steps[0]?.staff?.name ?? null })
  }
  return blocks
}

/** Whether somebody has said since then why they open what is blocked for this request. */
export const hasLookedSince = async (
  reader: Reader,
  {
    dataRequestId,
    since,
    staffId,
    apiKeyId,
  }: { dataRequestId: string; since: Date; staffId?: string | undefined; apiKeyId?: string | undefined },
): Promise<boolean> => {
  if (staffId === undefined && apiKeyId === undefined) return false
  const by = { ...(staffId !== undefined && { staffId }), ...(apiKeyId !== undefined && { apiKeyId }) }
  const where = { dataRequestId, kind: 'looked', at: { gte: since }, ...by }
  return (await readFrom(reader).dataRequestStep.count({ where })) > 0
}

/**
 * From here on what is asked about the data of somebody who signed on paper is asked about their account: open requests, and with them
 * a block. A consent that the account has just given ends the term of one that was withdrawn on paper.
 */
export const carryOverRequests = async (
  tx: Tx,
  { paperPersonId, personId }: { paperPersonId: string; personId: string },
): Promise<void> => {
  const { restrictedSince } = await restrictionOf(tx, paperPersonId)
  await tx.dataRequest.updateMany({ where: { personId: paperPersonId, closedAt: null }, data: { personId } })
  const lifted = { restrictedSince: null, consentWithdrawnAt: null }
  await tx.person.updateMany({ where: { id: paperPersonId }, data: lifted })
  if (restrictedSince === null) return
  await tx.person.updateMany({ where: { id: personId, restrictedSince: null }, data: { restrictedSince } })
}

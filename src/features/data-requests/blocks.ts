import { DomainError } from '#core/errors.ts'
import type { Reader } from '#storage/database.ts'
import { type Block, blocksOf, hasLookedSince } from '#storage/data-requests/restrictions.ts'
import { type Member, personsOfMember } from '#storage/families/family-members.ts'

// What staff and keys cannot open while somebody's data are blocked (152-ФЗ, ст. 21, ч. 1; ADR 118).

/** Who reads; a reason that they have given holds for half a day. */
export type BlockReader = { staffId?: string | undefined; apiKeyId?: string | undefined }
const reasonHoldsMs = 12 * 60 * 60_000

type Behind = Pick<Member, 'id' | 'personId' | 'paperPersonId'>

/** By which ids a member may be blocked: their own, whoever's the account is, and those who stand behind them. */
export const blockableOf = (member: Behind): string[] => [member.id, ...personsOfMember(member)]

/** A member's own among the blocks of `closedTo` or `blocksOf`. */
export const blockOfMember = <One>(
  blocks: { get: (id: string) => One | undefined },
  member: Behind,
): One | undefined => {
  for (const id of blockableOf(member)) {
    const block = blocks.get(id)
    if (block !== undefined) return block
  }
  return undefined
}

export const blockOf = async (reader: Reader, personId: string | null): Promise<Block | null> =>
  (personId === null ? null : (await blocksOf(reader, [personId])).get(personId)) ?? null

/** Those of these people and members of whom the reader may not open anything: blocked, and no reason given. By their id. */
export const closedTo = async (
  reader: Reader,
  { personIds, by, now }: { personIds: readonly (string | null)[]; by: BlockReader; now: Date },
): Promise<ReadonlyMap<string, Block>> => {
  const closed = new Map<string, Block>()
  const since = new Date(now.getTime() - reasonHoldsMs)
  for (const [personId, block] of await blocksOf(reader, personIds)) {
    const { dataRequestId } = block
    if (!(await hasLookedSince(reader, { dataRequestId, since, ...by }))) closed.set(personId, block)
  }
  return closed
}

type Reading = {
  of: { personId: string }
  by: BlockReader
  now: Date
  /** Somebody may be in danger: nothing is blocked. */
  danger: boolean
}

/** Throws `data-blocked` if the reader may not open what somebody wrote. */
export const mustNotBeBlocked = async (
  reader: Reader,
  { of: { personId }, by, now, danger }: Reading,
): Promise<void> => {
  if (!danger && (await closedTo(reader, { personIds: [personId], by, now })).size > 0)
    throw new DomainError('data-blocked')
}

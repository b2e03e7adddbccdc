import { DomainError } from '#core/errors.ts'
import { blockedText } from '#core/withheld.ts'
import { type BlockReader, closedTo } from '#features/data-requests/blocks.ts'
import {
  auditFamily,
  type FamilyAccess,
  familyForCaller,
  lockFamilyForCaller,
} from '#features/families/families-api.ts'
import type { Tx } from '#storage/database.ts'
import { findMember } from '#storage/families/family-members.ts'
import { alarmSince, type Message, messagesOf, type Place } from '#storage/messages/messages.ts'
import { talksApartOf } from '#storage/messages/talks-apart.ts'
import type { Sealer } from '#storage/seal.ts'
import { type AttachedFile, openFile } from './message-files.ts'
import { isReadThrough, openMessageText } from './thread-lines.ts'
import { canBeNotified } from './threads.ts'
import { addStaffLine, type WriteDeps } from './write-message.ts'

// Messages of families and staff for API keys: only those of families that the key reaches.

export type ApiMessage = Omit<Message, 'text' | 'file' | 'fileKind'> & {
  text: string | null
  /** Staff members who must not read it. */
  hiddenFrom: string[]
  file: Omit<AttachedFile, 'fileId'> | null
}

/** A page of a family's messages, decrypted, newest first. Every page is audited. Throws `not-found`. */
export const messagesForCaller = async (
  tx: Tx,
  sealer: Sealer,
  {
    memberId,
    updatedSince,
    limit,
    before,
    now,
    ...of
  }: FamilyAccess & {
    memberId?: string | undefined
    updatedSince?: Date | undefined
    limit: number
    before?: Place | undefined
    now: Date
  },
): Promise<{ items: ApiMessage[]; next: Place | null }> => {
  await familyForCaller(tx, of)
  await auditFamily(tx, { ...of, now }, 'family.messages')
  const found = await messagesOf(
    tx,
    { familyId: of.id, memberId },
    { limit: limit + 1, before, updatedSince },
  )
  const items = found.slice(0, limit)
  const talks = await talksApartOf(tx, [...new Set(items.map((message) => message.memberId))])
  const hiddenFrom = ({ memberId: of, at }: Message) => {
    const talk = talks.get(of)
    return talk && at >= talk.since ? talk.staffIds : []
  }
  const veils = await veilsOf(tx, items, { apiKeyId: of.caller.keyId }, now)
  return {
    items: items.map((message) => {
      const { fileKind: _, ...shown } = message
      const veiled = veils.get(message.memberId)
      const open = !veiled || isReadThrough(veiled, message)
      return {
        ...shown,
        hiddenFrom: hiddenFrom(message),
        text: open ? openMessageText(sealer, message) : blockedText,
        file: open ? withoutId(openFile(sealer, message)) : null,
      }
    }),
    next: found.length > limit ? (items.at(-1) ?? null) : null,
  }
}

/** Of members whose data are blocked to the key: from when on their messages are read all the same. */
const veilsOf = async (
  tx: Tx,
  items: readonly Message[],
  by: BlockReader,
  now: Date,
): Promise<ReadonlyMap<string, { but: Date | null }>> => {
  const veils = new Map<string, { but: Date | null }>()
  for (const memberId of new Set(items.map((message) => message.memberId))) {
    // Whoever is not a member any more stays blocked with what they wrote.
    const [block] = (await closedTo(tx, { personIds: [memberId], by, now })).values()
    if (block) veils.set(memberId, { but: await alarmSince(tx, { memberId, since: block.since }) })
  }
  return veils
}

/** The channel's file id is useless outside of the channel. */
const withoutId = (file: AttachedFile | null): Omit<AttachedFile, 'fileId'> | null => {
  if (!file) return null
  const { fileId: _, ...rest } = file
  return rest
}

/**
 * Writes to a member as the family's curator. Throws `not-found`; `not-allowed` if there is no curator.
 * `told`: the member has joined and can be notified.
 */
export const writeToMember = async (
  tx: Tx,
  deps: WriteDeps,
  { memberId, text, now, ...of }: FamilyAccess & { memberId: string; text: string; now: Date },
): Promise<{ message: Message; told: boolean }> => {
  const family = await lockFamilyForCaller(tx, of)
  const member = await findMember(tx, memberId)
  if (member?.familyId !== family.id) throw new DomainError('not-found')
  if (family.curatorId === null) throw new DomainError('not-allowed')
  const by = { staffId: family.curatorId, apiKeyId: of.caller.keyId }
  const line = { familyId: family.id, memberId, ...by, text, file: null, now }
  return { message: await addStaffLine(tx, deps, line), told: await canBeNotified(tx, member) }
}

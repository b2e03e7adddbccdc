import type { Log } from '#core/log.ts'
import { memberContactOf } from '#features/families/member-facts.ts'
import { nameOf } from '#features/families/members.ts'
import { openContact } from '#features/requests/request-content.ts'
import type { Database } from '#storage/database.ts'
import { findMember } from '#storage/families/family-members.ts'
import { createPace } from '#storage/keys/pace.ts'
import { findRequest } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { type MarkedUntil, unmarked } from '#storage/worklist/search-marks.ts'
import { markForSearch } from './mark-for-search.ts'

/**
 * Marks whoever was stored before the search, or with an earlier key. May be killed, and run twice at once. Returns how many.
 */
export const markEarlier = async (database: Database, sealer: Sealer, log: Log): Promise<number> => {
  /** What cannot be opened is found by its number only, and holds up nobody else. */
  const opened = <T extends object>(id: string, open: () => T): T | Record<never, never> => {
    try {
      return open()
    } catch (error) {
      log.error('search.not-marked', { id, error })
      return {}
    }
  }
  /** In one transaction. */
  const markSome = async (after: MarkedUntil, limit: number) => {
    const found = await unmarked(database, sealer.ids[0] ?? '', { after, limit })
    await database.transaction(async (tx) => {
      for (const { id } of found.requests) {
        const request = await findRequest(tx, id)
        if (request)
          await markForSearch(
            tx,
            sealer,
            { requestId: id },
            opened(id, () => openContact(sealer, request)),
          )
      }
      for (const { id } of found.members) {
        const member = await findMember(tx, id)
        if (member)
          await markForSearch(
            tx,
            sealer,
            { memberId: id },
            opened(id, () => ({ name: nameOf(sealer, member), ...memberContactOf(sealer, member) })),
          )
      }
    })
    return found
  }
  const pace = createPace()
  const after: MarkedUntil = {}
  for (let count = 0; ; ) {
    const { requests, members } = await pace.piece((size) => markSome(after, size))
    if (requests.length + members.length === 0) return count
    count += requests.length + members.length
    after.request = requests.at(-1)?.id ?? after.request
    after.member = members.at(-1)?.id ?? after.member
  }
}

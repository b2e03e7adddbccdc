import type { Log } from '#core/log.ts'
import { memberContactOf } from '#features/families/member-facts.ts'
import { nameOf } from '#features/families/members.ts'
import { openContact } from '#features/requests/request-content.ts'
import type { Database } from '#storage/database.ts'
import { findMember } from '#storage/families/family-members.ts'
import { findRequest } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { unmarked } from '#storage/worklist/search-marks.ts'
import { markForSearch } from './mark-for-search.ts'

const atATime = 100

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
  let count = 0
  for (;;) {
    const found = await unmarked(database, sealer.ids[0] ?? '', atATime)
    if (found.requests.length + found.members.length === 0) return count
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
    count += found.requests.length + found.members.length
  }
}

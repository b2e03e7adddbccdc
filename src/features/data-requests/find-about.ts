import type { Tx } from '#storage/database.ts'
import { familyOfNumber } from '#storage/data-requests/whose.ts'
import { findByNumber } from '#storage/requests/requests.ts'
import type { About } from './receive-data-request.ts'

/**
 * Whose data a number on paper is about: `2026-000123` is a request's; `128-2` the second member of family No. 128, as they stand
 * on its page. Null if there is nobody.
 */
export const findAbout = async (tx: Tx, typed: string): Promise<About | null> => {
  if (/^\d{4}-\d{6}$/.test(typed)) {
    const request = await findByNumber(tx, typed)
    return request && { requestId: request.id }
  }
  const [, family, member = '1'] = /^№?\s*(\d{1,9})(?:-(\d{1,2}))?$/.exec(typed) ?? []
  if (family === undefined) return null
  const memberId = await familyOfNumber(tx, { number: Number(family), member: Number(member) })
  return memberId === null ? null : { memberId }
}

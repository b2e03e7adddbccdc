import { z } from 'zod'
import { searchWork } from '#features/worklist/search.ts'
import { findFamily } from '#storage/families/families.ts'
import { findRequest } from '#storage/requests/requests.ts'
import { staffRoles } from '#storage/staff/staff.ts'
import { ask, type Console } from '../routes.ts'
import { type FoundHit, foundPage } from './found-page.ts'

/** The search of every page. Its words are in no address, in no history of the browser and in no log. */
export const registerFind = (console: Console): void => {
  const { deps } = console
  const fields = z.object({ text: z.string().max(200).default('') })
  ask(console, '/console/find', { for: staffRoles, fields }, async (visit) => {
    const { staff, now } = visit
    const text = visit.fields.text.trim()
    if (text === '') return foundPage(visit, { text, hits: [], more: false })
    const { hits, more } = await searchWork(deps, { staff, text, now })
    const [only] = hits
    // A number is of one record: whoever types it wants to see it.
    if (only && hits.length === 1 && /\d/.test(text) && !more) return { to: addressOf(only) }
    const found = await Promise.all(
      hits.map(async ({ kind, id }): Promise<FoundHit | null> => {
        if (kind === 'request') {
          const request = await findRequest(deps.database, id)
          return request && { kind, request }
        }
        const family = await findFamily(deps.database, id)
        return family && { kind, family }
      }),
    )
    return foundPage(visit, { text, hits: found.filter((one) => one !== null), more })
  })
}

const addressOf = ({ kind, id }: { kind: 'request' | 'family'; id: string }): string =>
  kind === 'request' ? `/console/requests/${id}` : `/console/families/${id}`

import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { repliesForRequest } from '#features/messages/quick-replies.ts'
import { caseContact, caseFile } from '#features/requests/case-contents.ts'
import { openingOf } from '#features/requests/case-opening.ts'
import { isUnderTens } from '#features/requests/vital-interest.ts'
import { openAccount } from '#storage/accounts.ts'
import { personOf } from '#storage/people.ts'
import { fileFrom } from '../files.ts'
import { readyQuery, readyText } from '../ready-replies.ts'
import { type Console, download, page } from '../routes.ts'
import type { Visit } from '../visit.ts'
import { cardPage } from './card-page.ts'
import { contactPage } from './contact-page.ts'
import { loadCard, loadCase, loadWords } from './load-card.ts'
import { wordsPage } from './words-page.ts'

export const workers = ['intake', 'supervisor'] as const
export const withId = z.object({ id: z.uuid() })

/** One request as it is read: its card, the whole of its words, the contact and the files. */
export const registerCard = (console: Console): void => {
  const { deps } = console
  const to = { for: workers, params: withId }

  page(
    console,
    '/console/requests/:id',
    { ...to, query: readyQuery.extend({ show: z.literal('words') }) },
    async (visit) => {
      const { id } = visit.params
      const card = await loadCard(visit, id, visit.query.show === 'words')
      return cardPage(visit, card, await readyFor(visit, id))
    },
  )

  page(
    console,
    '/console/requests/:id/words',
    { ...to, query: z.object({ page: z.coerce.number().int().min(1).max(1000) }) },
    async (visit) => {
      const { id } = visit.params
      const request = await loadCase(visit, id)
      mustBeOpenFor(visit, request)
      const words = await loadWords(visit, id)
      return wordsPage(visit, { request, words, page: (visit.query.page ?? 1) - 1 })
    },
  )

  page(console, '/console/requests/:id/contact', to, async (visit) => {
    const { staff, now, params } = visit
    const request = await loadCase(visit, params.id)
    mustBeOpenFor(visit, request)
    const {
      seen: contact,
      merged,
      joiner,
    } = await deps.database.transaction((tx) =>
      caseContact(tx, deps.sealer, { staff, requestId: params.id, now }),
    )
    const person = isUnderTens(request) ? await personOf(deps.database, request.personId) : null
    const account = person && openAccount(deps.sealer, person.account)
    return contactPage(visit, { request, contact, merged, joiner, account })
  })

  download(
    console,
    '/console/requests/:id/file',
    { ...to, query: z.object({ key: z.string().regex(fileKey) }) },
    async (visit) => {
      const { staff, now, params, query } = visit
      const which = placeOf(query.key ?? '')
      const request = await loadCase(visit, params.id)
      mustBeOpenFor(visit, request)
      const asked = { staff, requestId: params.id, now, which }
      const file = await deps.database.transaction((tx) => caseFile(tx, deps.sealer, asked))
      return fileFrom(deps, { file, named: `${request.number}-${query.key}` })
    },
  )
}

/** `s0` of the story, `n12` of a note, `m1-0` of the story of the second that was merged into it. */
const fileKey = /^(?:[sn]\d{1,18}|m\d{1,3}-\d{1,3})$/

const placeOf = (key: string): Parameters<typeof caseFile>[2]['which'] => {
  const [, kind, place = '', story] = /^([snm])(\d+)(?:-(\d+))?$/.exec(key) ?? []
  if (kind === 'n') return { note: place }
  if (kind === 's') return { story: Number(place) }
  if (kind === 'm') return { story: Number(story), of: Number(place) }
  throw new DomainError('not-found')
}

/** What the card does not offer is not to be had by its address either. */
export const mustBeOpenFor = (
  { staff }: Parameters<typeof loadCase>[0],
  request: Awaited<ReturnType<typeof loadCase>>,
): void => {
  const opening = openingOf(request, staff)
  if (opening !== 'shown' && opening !== 'offered') throw new DomainError('not-found')
}

/** A ready answer that was chosen for the form of the card, which keeps what stands in it when the page is drawn anew. */
const readyFor = async (
  { deps, staff, now, redrawn, query }: Visit & { query: Partial<z.output<typeof readyQuery>> },
  requestId: string,
): Promise<string | null> => {
  if (query.reply === undefined || redrawn) return null
  const replies = await deps.database.transaction((tx) =>
    repliesForRequest(tx, deps, { requestId, staff, now }),
  )
  return readyText(replies, query)
}

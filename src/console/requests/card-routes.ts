import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { caseContact, caseFile } from '#features/requests/case-contents.ts'
import { openingOf } from '#features/requests/case-opening.ts'
import { isUnderTens } from '#features/requests/vital-interest.ts'
import { openAccount } from '#storage/accounts.ts'
import { personOf } from '#storage/people.ts'
import { findRequest } from '#storage/requests/requests.ts'
import { type Console, download, page } from '../routes.ts'
import { largestFile, nameOfFile, typeOfFile } from './card-files.ts'
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
    { ...to, query: z.object({ show: z.literal('words') }) },
    async (visit) => cardPage(visit, await loadCard(visit, visit.params.id, visit.query.show === 'words')),
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
    const { seen: contact } = await deps.database.transaction((tx) =>
      caseContact(tx, deps.sealer, { staff, requestId: params.id, now }),
    )
    const person = isUnderTens(request) ? await personOf(deps.database, request.personId) : null
    const account = person && openAccount(deps.sealer, person.account)
    return contactPage(visit, { request, contact, account })
  })

  download(
    console,
    '/console/requests/:id/files/:key',
    { for: workers, params: z.object({ id: z.uuid(), key: z.string().regex(/^[sn]\d{1,18}$/) }) },
    async (visit) => {
      const { staff, now, params } = visit
      const place = params.key.slice(1)
      const which = params.key.startsWith('n') ? { note: place } : { story: Number(place) }
      mustBeOpenFor(visit, await loadCase(visit, params.id))
      const asked = { staff, requestId: params.id, now, which }
      const file = await deps.database.transaction((tx) => caseFile(tx, deps.sealer, asked))
      const number = (await findRequest(deps.database, params.id))?.number ?? ''
      return {
        name: nameOfFile(file, `${number}-${params.key}`),
        type: typeOfFile(file),
        content: () => deps.fetchFile(file.fileId, largestFile),
      }
    },
  )
}

/** What the card does not offer is not to be had by its address either. */
export const mustBeOpenFor = (
  { staff }: Parameters<typeof loadCase>[0],
  request: Awaited<ReturnType<typeof loadCase>>,
): void => {
  const opening = openingOf(request, staff)
  if (opening !== 'shown' && opening !== 'offered') throw new DomainError('not-found')
}

import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { answerPaper } from '#features/data-requests/answer-paper.ts'
import { findAbout } from '#features/data-requests/find-about.ts'
import {
  dataRequestForStaff,
  dataRequestsForStaff,
  keepsRegister,
  openDataRequest,
} from '#features/data-requests/data-requests-for-staff.ts'
import { askers, longestAsked } from '#features/data-requests/data-request-content.ts'
import { receiveDataRequest, whoseData } from '#features/data-requests/receive-data-request.ts'
import {
  answerDataRequest,
  lookAtBlocked,
  restrictFor,
  unrestrictFor,
  withdrawFor,
} from '#features/data-requests/settle-data-request.ts'
import { copyRefused } from '#features/my-data/copy-for-paper.ts'
import { drawPdf } from '#features/plan/pdf/plan-pdf.ts'
import { dataRequestKinds } from '#storage/data-requests/data-requests.ts'
import { type Console, download, form, page } from '../routes.ts'
import { registerActs } from './acts-page.ts'
import { mayCopy, registerCopies, whoseSnapshot } from './copies.ts'
import { dataRequestStands } from './data-request-standing.ts'
import { dataRequestsPage } from './list-page.ts'
import { newDataRequestPage, paperSources } from './new-page.ts'
import { dataRequestPage, outcomes } from './one-page.ts'

const keepers = ['intake', 'supervisor'] as const
const params = z.object({ id: z.uuid() })
const revision = z.coerce.number().int().min(0)
const words = (most: number) => z.string().trim().max(most).default('')
const fields = z.object({
  kind: z.enum(dataRequestKinds),
  source: z.enum(paperSources),
  receivedOn: z.iso.date(),
  number: z.string().trim().min(1).max(20),
  asker: z.enum(askers),
  name: words(200),
  answerTo: words(300),
  words: words(longestAsked),
})

/** «Запросы о данных»: what somebody asks about their own data, with its term. */
export const registerDataRequests = (console: Console): void => {
  const { deps } = console
  console.served.add('data')
  const { database, sealer } = deps

  page(
    console,
    '/console/data-requests',
    { for: keepers, query: z.object({ show: z.enum(['open', 'closed']) }) },
    async (visit) => {
      const open = visit.query.show !== 'closed'
      const requests = await dataRequestsForStaff(database, visit, { open, now: visit.now })
      return dataRequestsPage(visit, { requests, open })
    },
  )

  registerActs(console)

  page(console, '/console/data-requests/new', { for: keepers }, async (visit) => newDataRequestPage(visit))

  form(
    console,
    '/console/data-requests/new',
    {
      for: keepers,
      fields,
      again: async ({ typed, wrong, ...visit }) => {
        const which = wrong.fields.includes('number') || wrong.code === 'not-found' ? 'number' : 'some'
        return newDataRequestPage(visit, {
          typed: Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, String(value)])),
          wrong: visit.say.label(`consoleDataRequests.wrong.${which}`),
        })
      },
    },
    async (tx, visit) => {
      const { staff, now, fields: given } = visit
      const { number, asker, name, answerTo, words: said, ...received } = given
      const about = await findAbout(tx, number)
      // A number of another territory is answered as one that nobody has.
      if (!about || !keepsRegister({ staff }, (await whoseData(tx, about)).territory))
        throw new DomainError('invalid-input', { field: 'number' })
      const asked = {
        ...{ asker, ...(name && { name }), ...(answerTo && { answerTo }) },
        ...(said && { words: said }),
      }
      const by = { staffId: staff.id }
      const { id } = await receiveDataRequest(tx, deps, { received: { ...received, about, asked }, by, now })
      return { to: `/console/data-requests/${id}`, done: 'dataRequestReceived' }
    },
  )

  page(console, '/console/data-requests/:id', { for: keepers, params }, async (visit) => {
    const { staff, now } = visit
    const who = await whoseSnapshot(deps, { staff }, visit.params.id)
    return database.transaction(async (tx) => {
      const request = await dataRequestForStaff(tx, { staff }, visit.params.id)
      const copy = { refused: await copyRefused(tx, deps, { request, who }), here: mayCopy(staff) }
      const open = await openDataRequest(tx, sealer, { request, by: { staffId: staff.id }, now })
      return dataRequestPage(visit, { open, copy })
    })
  })
  registerCopies(console)

  for (const [act, carryOut] of [
    ['restrict', restrictFor],
    ['unrestrict', unrestrictFor],
  ] as const)
    form(
      console,
      `/console/data-requests/:id/${act}`,
      { for: keepers, params, fields: z.object({ revision }), stands: dataRequestStands },
      async (tx, { staff, now, params: { id }, fields }) => {
        await dataRequestForStaff(tx, { staff }, id)
        await carryOut(tx, { id, by: { staffId: staff.id }, now, revision: fields.revision })
        return { to: `/console/data-requests/${id}`, done: 'dataRequestChanged' }
      },
    )

  form(
    console,
    '/console/data-requests/:id/look',
    {
      for: ['supervisor'],
      params,
      fields: z.object({ reason: z.string().trim().min(1).max(longestAsked), revision }),
      stands: dataRequestStands,
    },
    async (tx, { staff, now, params: { id }, fields }) => {
      await dataRequestForStaff(tx, { staff }, id)
      await lookAtBlocked(tx, deps, { id, ...fields, by: { staffId: staff.id }, now })
      return { to: `/console/data-requests/${id}`, done: 'dataRequestChanged' }
    },
  )

  form(
    console,
    '/console/data-requests/:id/withdraw',
    {
      for: keepers,
      params,
      fields: z.object({ revision }),
      stands: dataRequestStands,
      prepare: ({ staff, params: { id } }) => whoseSnapshot(deps, { staff }, id),
    },
    async (tx, { staff, now, params: { id }, fields }, who) => {
      await dataRequestForStaff(tx, { staff }, id)
      if (!who) throw new DomainError('not-allowed')
      const by = { staffId: staff.id }
      await withdrawFor(tx, deps, { id, who, consent: 'personal-data', by, now, revision: fields.revision })
      return { to: `/console/data-requests/${id}`, done: 'dataRequestChanged' }
    },
  )

  form(
    console,
    '/console/data-requests/:id/answer',
    {
      for: keepers,
      params,
      fields: z.object({
        answer: z.string().trim().min(1).max(longestAsked),
        outcome: z.enum(outcomes),
        revision,
      }),
      stands: dataRequestStands,
    },
    async (tx, { staff, now, params: { id }, fields }) => {
      await dataRequestForStaff(tx, { staff }, id)
      await answerDataRequest(tx, deps, { id, ...fields, by: { staffId: staff.id }, now })
      return { to: `/console/data-requests/${id}`, done: 'dataRequestAnswered' }
    },
  )

  download(console, '/console/data-requests/:id/answer.pdf', { for: keepers, params }, (visit) =>
    database.transaction(async (tx) => {
      const { staff, now, say } = visit
      const request = await dataRequestForStaff(tx, { staff }, visit.params.id)
      const open = await openDataRequest(tx, sealer, { request, by: { staffId: staff.id }, now })
      const paper = answerPaper(say, { open, organisation: deps.organisation(), region: deps.region, now })
      if (!paper) throw new DomainError('not-found')
      const name = `${say.label('consoleDataRequests.one', { number: request.number })}.pdf`
      return { name, type: 'application/pdf', content: () => drawPdf(paper, say) }
    }),
  )
}

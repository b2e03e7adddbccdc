import { z } from 'zod'
import { addresseeOf } from '#dialogue/requests/staff-case-view.ts'
import { noteCase } from '#features/requests/act-on-case.ts'
import { claimCase, claimedCaseFor, requestForStaff } from '#features/requests/cases.ts'
import { writeToFamily } from '#features/requests/conversation.ts'
import { isSilenced } from '#features/requests/family-notice.ts'
import { noteCall } from '#features/requests/note-call.ts'
import { overseeRequest } from '#features/requests/oversight.ts'
import { longestReason } from '#features/requests/request-transitions.ts'
import { longestMessage } from '#features/messages/write-message.ts'
import { freeText } from '#http/free-text.ts'
import { mentioned, notedAs } from '../mentions.ts'
import { type Console, form } from '../routes.ts'
import { withId, workers } from './card-routes.ts'

/** What is done on the card itself: take it, write, note, say why it is opened. */
export const registerWords = (console: Console): void => {
  const { deps } = console
  const to = { for: workers, params: withId }
  const card = (id: string, place = '') => `/console/requests/${id}${place}`

  form(console, '/console/requests/:id/claim', to, async (tx, { staff, now, params: { id } }) => {
    await claimCase(tx, deps, { staff, requestId: id, now })
    return { to: card(id), done: 'claimed' }
  })

  form(
    console,
    '/console/requests/:id/write',
    { ...to, fields: z.object({ text: freeText(longestMessage) }) },
    async (tx, { staff, now, params: { id }, fields: { text } }) => {
      const request = await claimedCaseFor(tx, staff, id)
      await writeToFamily(tx, deps, { requestId: id, staffId: staff.id, text, now })
      const silent = await isSilenced(tx, deps.sealer, request)
      return { to: card(id, '#talk'), done: silent ? 'writtenSilently' : `written-${addresseeOf(request)}` }
    },
  )

  form(
    console,
    '/console/requests/:id/note',
    { ...to, fields: z.object({ note: freeText(longestMessage), mention: mentioned }) },
    async (tx, { staff, now, params: { id }, fields: { note: text, mention: mentions } }) => {
      const outcome = await noteCase(tx, deps, { staff, requestId: id, text, mentions, now })
      return { to: card(id, '#notes'), done: notedAs(outcome) }
    },
  )

  form(console, '/console/requests/:id/called', to, async (tx, { staff, now, params: { id } }) => {
    await noteCall(tx, { staff, requestId: id, now })
    return { to: card(id), done: 'called' }
  })

  form(
    console,
    '/console/requests/:id/oversee',
    { ...to, fields: z.object({ reason: freeText(longestReason) }) },
    async (tx, { staff, now, params: { id }, fields: { reason } }) => {
      const request = await requestForStaff(tx, staff, id)
      await overseeRequest(tx, deps.sealer, { staff, request, reason, now })
      return { to: card(id), done: 'overseen' }
    },
  )
}

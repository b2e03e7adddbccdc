import { z } from 'zod'
import { countCharacters } from '#core/words.ts'
import { answerMember } from '#features/messages/threads.ts'
import { longestMessage } from '#features/messages/write-message.ts'
import { staffRoles } from '#storage/staff/staff.ts'
import { type Console, form } from '../routes.ts'

/** Answers a member, in their own conversation. */
export const registerTalkForms = (console: Console): void => {
  form(
    console,
    '/console/families/:id/talk/:member',
    {
      for: staffRoles,
      params: z.object({ id: z.uuid(), member: z.uuid() }),
      fields: z.object({
        text: z
          .string()
          .trim()
          .min(1)
          .refine((text) => countCharacters(text) <= longestMessage),
      }),
    },
    async (tx, { deps, staff, now, params: { id, member: memberId }, fields: { text } }) => {
      const said = { text, file: null }
      const { told } = await answerMember(tx, deps, { staff, memberId, said, now })
      return { to: `/console/families/${id}/talk?member=${memberId}`, done: told ? 'sent' : 'sentSilently' }
    },
  )
}

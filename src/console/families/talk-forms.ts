import { z } from 'zod'
import { countCharacters } from '#core/words.ts'
import { noteFamily } from '#features/families/family-notes.ts'
import { answerMember } from '#features/messages/threads.ts'
import { longestMessage } from '#features/messages/write-message.ts'
import { staffRoles } from '#storage/staff/staff.ts'
import { type Console, form } from '../routes.ts'

/** Answers a member, in their own conversation; a note is for staff alone. */
export const registerTalkForms = (console: Console): void => {
  form(
    console,
    '/console/families/:id/members/:member/talk',
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

  form(
    console,
    '/console/families/:id/notes',
    {
      for: staffRoles,
      params: z.object({ id: z.uuid() }),
      fields: z.object({
        note: z.string().trim().min(1).max(2000),
        mention: z.union([z.uuid(), z.array(z.uuid()).max(20)]).optional(),
      }),
    },
    async (tx, { deps, staff, now, params: { id: familyId }, fields: { note, mention = [] } }) => {
      const mentions = [mention].flat()
      await noteFamily(tx, deps, { staff, familyId, text: note, mentions, now })
      return { to: `/console/families/${familyId}/notes`, done: 'noted' }
    },
  )
}

import { z } from 'zod'
import { countCharacters } from '#core/words.ts'
import { noteFamily } from '#features/families/family-notes.ts'
import { answerMember } from '#features/messages/threads.ts'
import { longestMessage } from '#features/messages/write-message.ts'
import { staffRoles } from '#storage/staff/staff.ts'
import { mentioned, notedAs } from '../mentions.ts'
import type { Console } from '../routes.ts'
import { familyForm } from './of-family.ts'

/** Answers a member, in their own conversation; a note is for staff alone. */
export const registerTalkForms = (console: Console): void => {
  familyForm(
    console,
    '/members/:member/talk',
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
    async (tx, { deps, params: { member: memberId }, fields: { text } }, of) => {
      const said = { text, file: null }
      const { told } = await answerMember(tx, deps, { ...of, memberId, said })
      return {
        to: `/console/families/${of.familyId}/talk?member=${memberId}`,
        done: told ? 'sent' : 'sentSilently',
      }
    },
  )

  familyForm(
    console,
    '/notes',
    {
      for: staffRoles,
      params: z.object({ id: z.uuid() }),
      fields: z.object({
        note: z.string().trim().min(1).max(2000),
        mention: mentioned,
      }),
    },
    async (tx, { deps, fields: { note, mention: mentions } }, of) => {
      const outcome = await noteFamily(tx, deps, { ...of, text: note, mentions })
      return { to: `/console/families/${of.familyId}/notes`, done: notedAs(outcome) }
    },
  )
}

import { z } from 'zod'
import { draftFields, dropDraft, formKey, readDraft, saveDraft } from '#features/staff/staff-drafts.ts'
import { formatTime } from '#core/dates.ts'
import { staffRoles } from '#storage/staff/staff.ts'
import type { Console } from '../console.ts'
import { isFormOf } from '../form-markup.ts'
import { sendJson, sendNothing } from '../send.ts'
import { typedIn } from '../typed.ts'

const fields = z.object({
  form: formKey,
  typed: z
    .string()
    .max(100_000)
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text)
      } catch {
        context.addIssue({ code: 'custom' })
        return z.NEVER
      }
    })
    .pipe(draftFields),
})
const asked = z.object({ form: formKey })

/** What a script keeps while somebody types, and offers again on the same page: one's own words only, for a day. */
export const registerDrafts = ({ app, deps, within }: Console): void => {
  const { database, sealer, region } = deps

  app.post('/console/drafts', { config: { roles: staffRoles, fields } }, (request, reply) =>
    within(request, reply, async ({ staff, session, now }) => {
      const { csrf, ...given } = typedIn(request.body)
      if (!isFormOf(sealer, session.id, String(csrf ?? ''))) return sendNothing(reply, 403)
      const read = fields.safeParse(given)
      if (!read.success) return sendNothing(reply, 422)
      const { form, typed } = read.data
      const of = { staffId: staff.id, form }
      const empty = Object.values(typed).flat().join('').trim() === ''
      await database.transaction(async (tx) => {
        if (empty) await dropDraft(tx, of)
        else await saveDraft(tx, sealer, { ...of, fields: typed, now })
      })
      return sendNothing(reply, 204)
    }),
  )

  app.get('/console/drafts', { config: { roles: staffRoles } }, (request, reply) =>
    within(request, reply, async ({ staff, now }) => {
      const { data } = asked.safeParse(request.query)
      const draft = data && (await readDraft(database, sealer, { staffId: staff.id, ...data, now }))
      if (!draft) return sendNothing(reply, 204)
      return sendJson(reply, { fields: draft.fields, at: formatTime(draft.at, region.timeZone) })
    }),
  )
}

import { z } from 'zod'
import { cancelAbsence, recordAbsence } from '#features/staff/staff-api.ts'
import { instant } from '../instant.ts'
import { type Api, writeRoute } from '../staff-route.ts'
import { absenceSchema, fullReachNote, toAbsence } from './staff-schemas.ts'

export const serveAbsences = (api: Api): void => {
  writeRoute(
    api,
    'POST /staff/:id/absences',
    'staff:write',
    {
      operationId: 'addAbsence',
      tag: 'Staff',
      summary: 'Records an absence',
      description: `The member's open requests are reassigned within a minute of the start. ${fullReachNote}`,
      params: z.strictObject({ id: z.uuid() }),
      body: z.strictObject({ from: instant, until: instant }).refine(({ from, until }) => from < until, {
        path: ['until'],
        message: 'must be after `from`',
      }),
      status: 201,
      answer: absenceSchema,
    },
    async (tx, { deps, caller, params: { id }, body: { from, until }, now }) => {
      const absence = { caller, id, from, until, now }
      return { body: toAbsence(await recordAbsence(tx, deps, absence)) }
    },
  )

  writeRoute(
    api,
    'DELETE /staff/:id/absences/:absenceId',
    'staff:write',
    {
      operationId: 'endAbsence',
      tag: 'Staff',
      summary: 'Ends a current absence, or cancels a future one',
      description: fullReachNote,
      params: z.strictObject({ id: z.uuid(), absenceId: z.uuid() }),
    },
    async (tx, { deps, caller, params: { id, absenceId }, now }) => {
      await cancelAbsence(tx, deps, { caller, id, absenceId, now })
      return { body: undefined }
    },
  )
}

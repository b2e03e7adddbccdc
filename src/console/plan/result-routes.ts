import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { helpForStaff, recordOwnHelpResult, takeBackOwnHelpResult } from '#features/registers/help-results.ts'
import { helpResultCodes } from '#regions/registers/register.ts'
import { type Console, form } from '../routes.ts'
import { planners } from './edit-routes.ts'

const params = z.object({ id: z.uuid(), activityId: z.uuid() })

/** What came of each help (ADR 86). */
export const registerResults = (console: Console): void => {
  const { deps } = console
  const path = '/console/families/:id/activities/:activityId/result' as const
  const pageOf = (familyId: string, activityId: string) =>
    `/console/families/${familyId}/activities/${activityId}` as const

  form(
    console,
    path,
    { for: planners, params, fields: z.object({ result: z.enum(helpResultCodes), on: z.iso.date() }) },
    async (tx, { staff, now, params: { id: familyId, activityId }, fields }) => {
      const of = { staff, familyId, now }
      const { help } = await helpForStaff(tx, deps, of)
      const before = help.find(({ activity }) => activity.id === activityId)
      if (!before) throw new DomainError('not-found')
      await recordOwnHelpResult(tx, deps, { ...of, activityId, ...fields })
      const to = pageOf(familyId, activityId)
      // What was recorded before would not come back.
      const first = before.result === null
      return { to, done: 'resultRecorded', ...(first && { undo: `${to}/result/withdraw` as const }) }
    },
  )

  form(
    console,
    `${path}/withdraw`,
    { for: planners, params },
    async (tx, { staff, now, params: { id: familyId, activityId } }) => {
      const of = { staff, familyId, now }
      const { help } = await helpForStaff(tx, deps, of)
      if (!help.some(({ activity }) => activity.id === activityId)) throw new DomainError('not-found')
      await takeBackOwnHelpResult(tx, deps, { ...of, activityId })
      return { to: pageOf(familyId, activityId), done: 'resultWithdrawn' }
    },
  )
}

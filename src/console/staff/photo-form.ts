import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { changePhotoOf } from '#features/staff/manage-staff.ts'
import { oneInReach } from '#features/staff/staff-for-supervisor.ts'
import { type Console, form } from '../routes.ts'
import { photoLimits } from './photo-part.ts'
import { staffPage } from './staff-page.ts'

const params = z.object({ id: z.uuid() })
const supervisors = ['supervisor'] as const

/** The photo by which families know who is at the door: put there, replaced, taken away. */
export const registerStaffPhoto = (console: Console): void => {
  const { deps } = console
  form(
    console,
    '/console/staff/:id/photo',
    { for: supervisors, params, fields: z.object({ drop: z.literal('1').optional() }), confirmed: true },
    async (tx, visit) => {
      const { staff, now, say, upload, fields } = visit
      const memberId = visit.params.id
      const image = fields.drop ? null : (upload ?? new Uint8Array())
      try {
        await changePhotoOf(tx, deps, { staff, memberId, now, image })
      } catch (error) {
        if (!(error instanceof DomainError) || error.code !== 'invalid-input') throw error
        const found = await oneInReach({ database: tx, region: deps.region }, { staff, memberId, now })
        return { again: staffPage(visit, found, say.label('consoleStaff.noPhoto', photoLimits)) }
      }
      return { to: `/console/staff/${memberId}`, done: 'staffChanged' }
    },
  )
}

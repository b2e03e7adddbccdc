import { DomainError } from '#core/errors.ts'
import { dropPhoto, photoSideLimits, storePhoto } from '#features/staff/staff-photo.ts'
import { lockStaff } from '#storage/staff/staff.ts'
import type { Command, CommandDeps } from './command.ts'
import { CommandProblem } from './command-problem.ts'

const { least, most } = photoSideLimits

/** Sets or removes the photo by which families recognise who is at the door. */
export const photoCommand = (
  { db, clock }: CommandDeps,
  { staffId, image }: Extract<Command, { name: 'staff-photo' }>,
): Promise<string[]> =>
  db.transaction(async (tx) => {
    const member = await lockStaff(tx, staffId, 'all')
    if (!member) throw new CommandProblem('No staff member has this id')
    const { name } = member
    const given = { staffId, apiKeyId: null, now: clock.now() }
    if (image === null)
      return [(await dropPhoto(tx, given)) ? `Removed the photo of ${name}` : `${name} has no photo`]
    try {
      const { width, height, bytes } = await storePhoto(tx, { ...given, image: Buffer.from(image, 'base64') })
      return [
        `Stored the photo of ${name}: ${width} × ${height} pixels, ${bytes} bytes, without its metadata`,
      ]
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      const problem = `The file is not a JPEG or PNG that is whole, with sides of ${least} to ${most} pixels`
      throw new CommandProblem(problem, { cause: error })
    }
  })

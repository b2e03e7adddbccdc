import type { Command } from '#control/command.ts'
import { CommandProblem } from '#control/command-problem.ts'
import { maxPhotoBytes } from '#features/staff/staff-photo.ts'
import type { FileCommand } from './parse.ts'
import { bytesOf, TooLarge } from './read-file.ts'

/** Reads a photo into the command for the app. Throws CommandProblem. */
export const photoFile = async ({
  staffId,
  file,
}: Extract<FileCommand, { name: 'staff-photo-file' }>): Promise<Command> => {
  if (file === null) return { name: 'staff-photo', staffId, image: null }
  try {
    const bytes = await bytesOf(file, maxPhotoBytes)
    return { name: 'staff-photo', staffId, image: Buffer.from(bytes).toString('base64') }
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error
    const shown = file === '-' ? 'Standard input' : file
    throw new CommandProblem(`${shown} is larger than ${maxPhotoBytes / 1000} KB: save a smaller copy`)
  }
}

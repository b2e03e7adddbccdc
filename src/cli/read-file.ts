import { readFile, stat } from 'node:fs/promises'
import { CommandProblem } from '#control/command-problem.ts'

/** The file, or standard input, has more bytes than are read. */
export class TooLarge extends Error {
  override name = 'TooLarge'
}

/** Reads a local file, or standard input for `-`. Throws TooLarge, and CommandProblem if it cannot be read. */
export const bytesOf = (file: string, most: number): Promise<Uint8Array> =>
  file === '-'
    ? fromInput(most)
    : withFileErrors(file, async () => {
        // Checked before reading.
        if ((await stat(file)).size > most) throw new TooLarge()
        return readFile(file)
      })

const fromInput = async (most: number): Promise<Uint8Array> => {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of process.stdin as AsyncIterable<Uint8Array>) {
    size += part.length
    if (size > most) throw new TooLarge()
    parts.push(part)
  }
  return Buffer.concat(parts)
}

const known: Record<string, string> = {
  ENOENT: 'does not exist',
  EEXIST: 'already exists',
  EISDIR: 'is a folder',
  EACCES: 'cannot be opened: permission denied',
}

/** Says in words why a file could not be read or written. */
export const withFileErrors = async <T>(file: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (known[code]) throw new CommandProblem(`${file} ${known[code]}`, { cause: error })
    throw error
  }
}

import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SealError, type SealKey } from './seal.ts'

/**
 * The keys of the embedded database: made once in `<dir>/keys`, readable by its owner only, a line `id:base64`
 * each, the first one seals. Throws SealError for a file that is not like that.
 */
export const embeddedKeys = async (dir: string): Promise<SealKey[]> => {
  const file = join(dir, 'keys')
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const text = (await readIfThere(file)) ?? (await make(file))
  return text.trim().split('\n').map(parseKey)
}

/** Links a complete file into place: a process killed half-way, or two at once, never leave half a key. */
const make = async (file: string): Promise<string> => {
  const draft = `${file}.${randomBytes(4).toString('hex')}`
  await writeFile(draft, `k${randomBytes(3).toString('hex')}:${randomBytes(32).toString('base64')}\n`, {
    mode: 0o600,
    flush: true,
  })
  try {
    await link(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(draft)
  }
  return readFile(file, 'utf8')
}

const readIfThere = async (file: string): Promise<string | undefined> => {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

const parseKey = (line: string): SealKey => {
  const [id = '', base64 = ''] = line.split(':')
  const key = Buffer.from(base64, 'base64')
  if (!id || key.length !== 32) throw new SealError('the file of keys is damaged')
  return { id, key }
}

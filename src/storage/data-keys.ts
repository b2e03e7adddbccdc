import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SealError, type SealKey } from './seal.ts'

/**
 * Reads the keys of the embedded database from `<dir>/keys`, generating the file (mode 0600) on first use. One
 * `id:base64` per line; the first key seals. Throws SealError if the file is malformed.
 */
export const embeddedKeys = async (dir: string): Promise<SealKey[]> => {
  const file = join(dir, 'keys')
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const text = (await readIfThere(file)) ?? (await make(file))
  return text.trim().split('\n').map(parseKey)
}

/** Links a complete file into place, so that a crash or two concurrent starts never leave a partial key. */
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
  if (!id || key.length !== 32) throw new SealError('the key file is malformed')
  return { id, key }
}

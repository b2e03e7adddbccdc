import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, lstatSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** What the shortest of systems allows for the path of a Unix socket, in bytes. */
const maxPathBytes = 100

/** Where the app of a data folder listens: in the folder itself or, when that path is too long, in the temporary one. */
export const socketPath = (dir: string): string => {
  const near = join(resolve(dir), 'ryadom.sock')
  if (Buffer.byteLength(temporaryPathFor(near)) <= maxPathBytes) return near
  const name = createHash('sha256').update(resolve(dir)).digest('hex').slice(0, 16)
  return join(tmpdir(), `ryadom-${name}`, 'ryadom.sock')
}

/** Makes the socket's folder, which must belong to this user alone: in a shared one a stranger may have made it. */
export const makeSocketFolder = (path: string): void => {
  const folder = join(path, '..')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (folder.startsWith(join(tmpdir(), 'ryadom-'))) {
    const { uid, mode } = lstatSync(folder)
    if (uid !== process.getuid?.() || (mode & 0o077) !== 0)
      throw new Error('somebody else made the folder of the socket')
  }
}

const temporaryPathFor = (path: string, name = '00000000') => `${path.slice(0, -'.sock'.length)}-${name}.sock`

/** Where to listen first: a socket is put in its place complete, readable by its owner only. */
export const temporaryPath = (path: string): string => temporaryPathFor(path, randomBytes(4).toString('hex'))

/** Puts a listening socket in its place, over one that a killed process left; returns its inode. */
export const publishSocket = (draft: string, path: string): number => {
  chmodSync(draft, 0o600)
  renameSync(draft, path)
  return statSync(path).ino
}

/** Removes the socket unless it is another's by now. */
export const removeOwnSocket = (path: string, inode: number): void => {
  if (statSync(path, { throwIfNoEntry: false })?.ino === inode) rmSync(path, { force: true })
}

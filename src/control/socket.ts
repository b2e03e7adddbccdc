import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, lstatSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** The limit of macOS is 104 bytes, that of Linux 108. */
const maxPathBytes = 100

/** Returns the path of the socket: in the data folder or, if that path is too long, in the temporary folder. */
export const socketPath = (dir: string): string => {
  const near = join(resolve(dir), 'ryadom.sock')
  if (Buffer.byteLength(temporaryPathFor(near)) <= maxPathBytes) return near
  const name = createHash('sha256').update(resolve(dir)).digest('hex').slice(0, 16)
  return join(tmpdir(), `ryadom-${name}`, 'ryadom.sock')
}

/** Creates the folder of the socket. Throws if another user owns it, which is possible in a shared temporary folder. */
export const makeSocketFolder = (path: string): void => {
  const folder = join(path, '..')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (folder.startsWith(join(tmpdir(), 'ryadom-'))) {
    const { uid, mode } = lstatSync(folder)
    if (uid !== process.getuid?.() || (mode & 0o077) !== 0)
      throw new Error('the folder of the control socket belongs to another user')
  }
}

const temporaryPathFor = (path: string, name = '00000000') => `${path.slice(0, -'.sock'.length)}-${name}.sock`

/** Where to listen first: the socket is renamed into place once only its owner can access it. */
export const temporaryPath = (path: string): string => temporaryPathFor(path, randomBytes(4).toString('hex'))

/** Renames a listening socket into place, over one left by a killed process; returns its inode. */
export const publishSocket = (draft: string, path: string): number => {
  chmodSync(draft, 0o600)
  renameSync(draft, path)
  return statSync(path).ino
}

/** Removes the socket unless another process has replaced it. */
export const removeOwnSocket = (path: string, inode: number): void => {
  if (statSync(path, { throwIfNoEntry: false })?.ino === inode) rmSync(path, { force: true })
}

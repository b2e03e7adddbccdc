import { execFile } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { freePort } from '../support/free-port.ts'

const run = promisify(execFile)

/** A PostgreSQL server of the run's own, which may be killed. It can be named to another process. */
export type Cluster = { bin: string; data: string; port: number }

/** PostgreSQL refuses to run as root. */
const asOwner = (command: string, args: string[]) =>
  userInfo().uid === 0 ? run('runuser', ['-u', 'postgres', '--', command, ...args]) : run(command, args)

const control = ({ bin, data, port }: Cluster, ...args: string[]) =>
  asOwner(join(bin, 'pg_ctl'), [
    '-D',
    data,
    '-w',
    '-l',
    join(data, 'log'),
    '-o',
    optionsOf(data, port),
    ...args,
  ])

/** A commit waits for its record to be written, though not for the disk: the server dies here, the machine does not. */
const optionsOf = (data: string, port: number) =>
  `-p ${port} -k ${data} -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=on -c max_connections=300`

/** Starts a server; null if PostgreSQL's programs are not on this machine. */
export const startCluster = async (): Promise<Cluster | null> => {
  const initdb = globSync('/usr/lib/postgresql/*/bin/initdb').sort().at(-1)
  if (!initdb) return null
  const data = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'ryadom-chaos-'))
  if (userInfo().uid === 0) {
    const { stdout } = await run('id', ['-u', 'postgres'])
    await chown(data, Number(stdout), -1)
  }
  await chmod(data, 0o700)
  const cluster = { bin: dirname(initdb), data, port: await freePort() }
  await asOwner(initdb, ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'])
  await control(cluster, 'start')
  return cluster
}

/** As a crash would: no connection is ended in order, nothing is written out. It recovers from its log and is back. */
export const crashCluster = (cluster: Cluster) => control(cluster, '-m', 'immediate', 'restart')

export const removeCluster = async (cluster: Cluster) => {
  await control(cluster, '-m', 'immediate', 'stop')
  await rm(cluster.data, { recursive: true, force: true })
}

import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { DomainError } from '#core/errors.ts'
import type { Log } from '#core/log.ts'
import { StartRefused } from '#core/start-refused.ts'
import { type Command, commandSchema } from './command.ts'
import { CommandProblem } from './commands.ts'
import { type Answer, fetchOwner } from './control-client.ts'
import { makeSocketFolder, publishSocket, removeOwnSocket, socketPath, temporaryPath } from './socket.ts'

export type Control = {
  /** Binds the socket, which locks the embedded database. Throws ControlTaken while another process holds it. */
  open(): Promise<void>
  close(): Promise<void>
}

/** Another process uses this data folder. */
export class ControlTaken extends StartRefused {
  override name = 'ControlTaken'
}

type ControlDeps = { dir: string; run: (command: Command) => Promise<string[]>; log: Log }

/** Two processes that start at once may both find no owner; after this delay the later one has replaced the socket. */
const settleMs = 100

/** Receives operators' commands on a Unix socket in the data folder, accessible to its owner only. */
export const createControl = ({ dir, run, log }: ControlDeps): Control => {
  const path = socketPath(dir)
  const owner = randomUUID()
  const app = createServer(owner, run, log)
  let inode: number | undefined

  const close = async () => {
    if (inode !== undefined) removeOwnSocket(path, inode)
    await app.close()
  }
  const open = async () => {
    makeSocketFolder(path)
    const draft = temporaryPath(path)
    await app.listen({ path: draft })
    if ((await fetchOwner(path)) === undefined) {
      inode = publishSocket(draft, path)
      await sleep(settleMs)
      if ((await fetchOwner(path)) === owner) return
    }
    await close()
    throw new ControlTaken('database.in-use', `another process already uses the data in ${dir}`)
  }
  return { open, close }
}

const createServer = (owner: string, run: ControlDeps['run'], log: Log): FastifyInstance => {
  const app = Fastify({ logger: false, bodyLimit: 64 * 1024, forceCloseConnections: true })
  app.get('/owner', () => ({ owner }))
  const answer = async ({ body }: FastifyRequest): Promise<Answer> => {
    const command = commandSchema.safeParse(body)
    if (!command.success) return { ok: false, problem: 'the running app does not know this command' }
    try {
      return { ok: true, lines: await run(command.data) }
    } catch (error) {
      return { ok: false, problem: problemOf(error, log) }
    }
  }
  app.post('/commands', answer)
  app.post('/commands/large', { bodyLimit: 4 * 1024 * 1024 }, answer)
  return app
}

const problemOf = (error: unknown, log: Log): string => {
  if (error instanceof CommandProblem) return error.message
  if (error instanceof DomainError) return error.code
  log.error('control.command-failed', { error })
  return 'the command failed; see the log of the running app'
}

import type { FastifyInstance } from 'fastify'
import type { Clock } from '#core/clock.ts'
import { newConsoleAddress } from '#features/console/console-access.ts'
import type { Database } from '#storage/database.ts'
import { findSnapshot } from '#storage/people.ts'
import type { Sealer } from '#storage/seal.ts'
import { isLoopback } from './guard.ts'
import { ImpossibleError } from './telegram/errors.ts'

type DeskDeps = { database: Database; sealer: Sealer; clock: Clock }

/** Makes the address that lets a person of the page into the console at `base`; null if they are no staff. */
export type OpenDesk = (person: number, base: string) => Promise<string | null>

export const createDesk =
  ({ database, sealer, clock }: DeskDeps): OpenDesk =>
  async (person, base) => {
    const staff = (await findSnapshot(database, sealer, `telegram:${person}`))?.staff
    if (!staff?.active) return null
    const asked = { pagesUrl: base, staffId: staff.id, now: clock.now() }
    const { address } = await database.transaction((tx) => newConsoleAddress(tx, { sealer }, asked))
    return `${address}/now`
  }

/** «Рабочее место» above a phone: one tap signs that person in, in a new tab, and only on this machine. */
export const serveDesk = (app: FastifyInstance, open: OpenDesk): void => {
  app.get<{ Params: { id: string } }>('/sandbox/people/:id/desk', async (request, reply) => {
    const { id } = request.params
    const { hostname, port } = new URL(`http://${request.headers.host ?? ''}`)
    if (!isLoopback(hostname)) throw new ImpossibleError('blocked', 'only on this machine')
    const host = ownHost(id, hostname, request.headers['user-agent'] ?? '')
    const address = await open(Number(id), `http://${host}${port && `:${port}`}`)
    if (address === null) throw new ImpossibleError('nobody', 'nobody of the staff')
    return reply.redirect(address, 303)
  })
}

/**
 * A host for each person, so that several are in at once: browsers keep their cookies apart. Safari asks the system for such
 * names, which knows none; there the last one who came in stays.
 */
const ownHost = (id: string, hostname: string, agent: string): string =>
  /Safari\//.test(agent) && !/Chrome|Chromium|Edg/.test(agent) ? hostname : `${id}.localhost`

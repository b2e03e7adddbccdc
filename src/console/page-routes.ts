import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { mayStillReceive } from '#features/console/console-access.ts'
import type { StaffRole } from '#storage/staff/staff.ts'
import { type Console, isConfirmed, mustBe, nothing, paramsOf, type Shape, sendPage } from './console.ts'
import { noticePage } from './failure-pages.ts'
import { bytesOf, seeOther, sendDownload, sendHtml } from './send.ts'
import type { Download, Page, Visit } from './visit.ts'

export type PageSpec<P extends Shape, Q extends Shape> = {
  /** Others get 404: the page is not there for them. */
  for: readonly StaffRole[]
  params?: P
  /** Parameters that do not fit are left out: a filter is a link, and links get old. */
  query?: Q
}

export type PageCall<P extends Shape, Q extends Shape> = Visit & {
  params: z.output<P>
  query: Partial<z.output<Q>>
}

/** Registers a page. The roles are a required argument; what of it they may see is decided by the features. */
export const page = <P extends Shape = typeof nothing, Q extends Shape = typeof nothing>(
  console: Console,
  path: `/console${string}`,
  spec: PageSpec<P, Q>,
  draw: (call: PageCall<P, Q>) => Promise<Page>,
): void => {
  const { app, within } = console
  const config = { roles: spec.for, file: false, query: spec.query ?? nothing }
  app.get(path, { config }, (request, reply) =>
    within(request, reply, async (visit) => {
      const call = callOf(visit, request, spec)
      const { done, undo } = given(request)
      return sendPage(console, reply, call, await draw(call), { done: textIn(done), undo: textIn(undo) })
    }),
  )
}

/** Registers a file that a page offers. `confirmed`: it leaves the centre, so the member proves anew who they are. */
export const download = <P extends Shape = typeof nothing, Q extends Shape = typeof nothing>(
  console: Console,
  path: `/console${string}`,
  spec: PageSpec<P, Q> & { confirmed?: true },
  make: (call: PageCall<P, Q>) => Promise<Download>,
): void => {
  const { app, within } = console
  const config = { roles: spec.for, file: true, query: spec.query ?? nothing }
  app.get(path, { config }, async (request, reply) => {
    const made: { file: Download; visit: Visit }[] = []
    const answered = await within(request, reply, async (visit) => {
      const call = callOf(visit, request, spec)
      if (spec.confirmed && !isConfirmed(call)) return seeOther(reply, confirmFor(call.path))
      made.push({ visit, file: await make(call) })
      return undefined
    })
    // What is fetched from elsewhere takes no slot from the pages.
    const [one] = made
    if (!one) return answered
    const { deps, session, staff, say } = one.visit
    const bytes = await bytesOf(one.file)
    // Whoever has left meanwhile, or does not work here any more, gets nothing of it.
    const as = { id: session.id, staffId: staff.id, now: deps.clock.now() }
    if (!(await mayStillReceive(deps.database, as))) return sendHtml(reply, noticePage(say, 'ended'), 401)
    const { range, 'if-range': ifRange } = request.headers
    return sendDownload(reply, one.file, bytes, { range, ifRange: textIn(ifRange) ?? undefined })
  })
}

/** Throws `not-found` for other roles, and for what is no address of the page. */
const callOf = <P extends Shape, Q extends Shape>(
  visit: Visit,
  request: FastifyRequest,
  { for: roles, params, query }: PageSpec<P, Q>,
): PageCall<P, Q> => {
  mustBe(visit, roles)
  const call = { ...visit, params: paramsOf(params, request), query: fitting(query, given(request)) }
  return call as PageCall<P, Q>
}

const given = ({ query }: FastifyRequest) => z.record(z.string(), z.unknown()).catch({}).parse(query)

const textIn = (given: unknown): string | null => (typeof given === 'string' ? given : null)

const fitting = (schema: Shape = nothing, given: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(schema.shape).flatMap(([name, one]) => {
      const read = z.safeParse(one, given[name])
      return read.success && read.data !== undefined ? [[name, read.data]] : []
    }),
  )

const confirmFor = (path: string): string => `/console/confirm?to=${encodeURIComponent(path)}`

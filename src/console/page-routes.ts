import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { StaffRole } from '#storage/staff/staff.ts'
import { type Console, isConfirmed, mustBe, nothing, paramsOf, type Shape, sendPage } from './console.ts'
import { seeOther, sendDownload } from './send.ts'
import type { Download, Page, Visit } from './visit.ts'

export type PageSpec<P extends Shape, Q extends Shape> = {
  /** Others get 404: the page is not there for them. */
  for: readonly StaffRole[]
  params?: P
  /** Parameters that do not fit are left out: a filter is a link, and links get old. */
  query?: Q
}

/** What a form has said before it led here. */
type Said = { done: string | null; undo: string | null }

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
  read(console, path, spec, async (call, reply, said) =>
    sendPage(console, reply, call, await draw(call), said),
  )
}

/** Registers a file that a page offers. `confirmed`: it leaves the centre, so the member proves anew who they are. */
export const download = <P extends Shape = typeof nothing, Q extends Shape = typeof nothing>(
  console: Console,
  path: `/console${string}`,
  spec: PageSpec<P, Q> & { confirmed?: true },
  make: (call: PageCall<P, Q>) => Promise<Download>,
): void => {
  read(console, path, { ...spec, file: true }, async (call, reply) => {
    if (spec.confirmed && !isConfirmed(call)) return seeOther(reply, confirmFor(call.path))
    return sendDownload(reply, await make(call))
  })
}

const read = <P extends Shape, Q extends Shape>(
  { app, within }: Console,
  path: string,
  { for: roles, params, query, file = false }: PageSpec<P, Q> & { file?: boolean },
  answer: (call: PageCall<P, Q>, reply: FastifyReply, said: Said) => Promise<FastifyReply>,
): void => {
  app.get(path, { config: { roles, file } }, (request, reply) =>
    within(request, reply, async (visit) => {
      mustBe(visit, roles)
      const given = z.record(z.string(), z.unknown()).catch({}).parse(request.query)
      const call = { ...visit, params: paramsOf(params, request), query: fitting(query, given) }
      return answer(call as PageCall<P, Q>, reply, { done: textIn(given.done), undo: textIn(given.undo) })
    }),
  )
}

const textIn = (given: unknown): string | null => (typeof given === 'string' ? given : null)

const fitting = (schema: Shape = nothing, given: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(schema.shape).flatMap(([name, one]) => {
      const read = z.safeParse(one, given[name])
      return read.success && read.data !== undefined ? [[name, read.data]] : []
    }),
  )

const confirmFor = (path: string): string => `/console/confirm?to=${encodeURIComponent(path)}`

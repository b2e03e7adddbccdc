import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { confirmedMs } from '#features/console/console-access.ts'
import { formSent, insertFormSent, seeConsoleSession } from '#storage/console/console-access.ts'
import type { Tx } from '#storage/database.ts'
import type { StaffRole } from '#storage/staff/staff.ts'
import type { ConsoleDeps } from './console-deps.ts'
import { retryPage } from './failure-pages.ts'
import { hiddenFields, isFormOf } from './form-markup.ts'
import { pageInFrame } from './layout.ts'
import { othersAt } from './presence.ts'
import type { SectionName } from './sections.ts'
import { seeOther, sendDownload, sendHtml } from './send.ts'
import { typedIn } from './typed.ts'
import type { Download, Next, Page, Visit } from './visit.ts'

/** The console as its contexts see it. */
export type Console = {
  app: FastifyInstance
  deps: ConsoleDeps
  /** Sections that are served; the navigation shows them. */
  served: Set<SectionName>
  /**
   * Runs `work` for whoever is in the console; otherwise answers that the session has ended, with what was typed. Calls wait for a
   * slot, which leaves database connections to the bot.
   */
  within(
    request: FastifyRequest,
    reply: FastifyReply,
    work: (visit: Visit) => Promise<FastifyReply>,
  ): Promise<FastifyReply>
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The roles that may open this page or send this form. */
    roles?: readonly StaffRole[]
    /** What a form has in it. */
    fields?: z.ZodObject
  }
}

const nothing = z.object({})
type Shape = z.ZodObject

type PageSpec<P extends Shape, Q extends Shape> = {
  /** Others get 404: the page is not there for them. */
  for: readonly StaffRole[]
  params?: P
  /** Parameters that do not fit are left out: a filter is a link, and links get old. */
  query?: Q
}

type PageCall<P extends Shape, Q extends Shape> = Visit & { params: z.output<P>; query: Partial<z.output<Q>> }

/** Registers a page. The roles are a required argument; what of it they may see is decided by the features. */
export const page = <P extends Shape = typeof nothing, Q extends Shape = typeof nothing>(
  console: Console,
  path: `/console${string}`,
  spec: PageSpec<P, Q>,
  draw: (call: PageCall<P, Q>) => Promise<Page>,
): void => {
  read(console, path, spec, async (call, reply, done) => {
    const drawn = await draw(call)
    const { deps, session, now } = call
    const place = drawn.place ?? null
    // Once a minute is enough to see who is there, and a look costs no write.
    const seen = now.getTime() - session.seenAt.getTime() > 60_000 || session.place !== place
    if (seen) await deps.database.transaction((tx) => seeConsoleSession(tx, session.id, { place, now }))
    const frame = { served: console.served, others: await othersAt(call, place), done }
    return sendHtml(reply, pageInFrame(call, drawn, frame))
  })
}

/** Registers a file that a page offers. `confirmed`: it leaves the centre, so the member proves anew who they are. */
export const download = <P extends Shape = typeof nothing, Q extends Shape = typeof nothing>(
  console: Console,
  path: `/console${string}`,
  spec: PageSpec<P, Q> & { confirmed?: true },
  make: (call: PageCall<P, Q>) => Promise<Download>,
): void => {
  read(console, path, spec, async (call, reply) => {
    if (spec.confirmed && !isConfirmed(call)) return seeOther(reply, confirmFor(call.path))
    return sendDownload(reply, await make(call))
  })
}

const read = <P extends Shape, Q extends Shape>(
  { app, within }: Console,
  path: string,
  { for: roles, params, query }: PageSpec<P, Q>,
  answer: (call: PageCall<P, Q>, reply: FastifyReply, done: string | null) => Promise<FastifyReply>,
): void => {
  app.get(path, { config: { roles } }, (request, reply) =>
    within(request, reply, async (visit) => {
      mustBe(visit, roles)
      const given = z.record(z.string(), z.unknown()).catch({}).parse(request.query)
      const call = { ...visit, params: paramsOf(params, request), query: fitting(query, given) }
      const done = typeof given.done === 'string' ? given.done : null
      return answer(call as PageCall<P, Q>, reply, done)
    }),
  )
}

type FormSpec<P extends Shape, F extends Shape> = {
  for: readonly StaffRole[]
  params?: P
  fields?: F
  /** It changes who may do what, so the member proves anew who they are. */
  confirmed?: true
}

type FormCall<P extends Shape, F extends Shape> = Visit & { params: z.output<P>; fields: z.output<F> }

/**
 * Registers a form: carried out in one transaction, and once, however often it is sent. What is refused, or not understood, comes
 * back with all that was typed.
 */
export const form = <P extends Shape = typeof nothing, F extends Shape = typeof nothing>(
  console: Console,
  path: `/console${string}`,
  spec: FormSpec<P, F>,
  carryOut: (tx: Tx, call: FormCall<P, F>) => Promise<Next>,
): void => {
  const { app, within } = console
  app.post(path, { config: { roles: spec.for, fields: spec.fields ?? nothing } }, (request, reply) =>
    within(request, reply, async (visit) => {
      mustBe(visit, spec.for)
      const { deps, session, say } = visit
      const typed = typedIn(request.body)
      const back = (reason: Parameters<typeof retryPage>[1]['reason'], status: number) =>
        sendHtml(reply, retryPage(say, { reason, action: request.url, typed, visit }), status)
      if (!isFormOf(deps.sealer, session.id, String(typed.csrf ?? ''))) return back('again', 403)
      if (spec.confirmed && !isConfirmed(visit)) return back('confirm', 403)
      const once = z.uuid().safeParse(typed.once)
      if (!once.success) return back('again', 400)
      const sent = { sessionId: session.id, once: once.data }
      const led = await formSent(deps.database, sent)
      if (led !== null) return seeOther(reply, led)
      const params = paramsOf(spec.params, request)
      const fields = (spec.fields ?? nothing).safeParse(without(typed))
      if (!fields.success) return back('invalid-input', 422)
      try {
        const next = await deps.database.transaction(async (tx) => {
          const { to, done } = await carryOut(tx, { ...visit, params, fields: fields.data } as FormCall<P, F>)
          const path = done === undefined ? to : withDone(to, done)
          await insertFormSent(tx, { ...sent, next: path })
          return path
        })
        return seeOther(reply, next)
      } catch (error) {
        // Sent twice at the same moment: the other one has been carried out.
        const other = await formSent(deps.database, sent).catch(() => null)
        if (other !== null) return seeOther(reply, other)
        if (error instanceof DomainError && error.code !== 'not-found') return back(error.code, 409)
        throw error
      }
    }),
  )
}

const mustBe = ({ staff }: Visit, roles: readonly StaffRole[]): void => {
  if (!roles.includes(staff.role)) throw new DomainError('not-found')
}

/** A malformed id looks like an unknown one. */
const paramsOf = (schema: Shape = nothing, request: FastifyRequest) => {
  const read = schema.safeParse(request.params)
  if (!read.success) throw new DomainError('not-found')
  return read.data
}

const fitting = (schema: Shape = nothing, given: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(schema.shape).flatMap(([name, one]) => {
      const read = z.safeParse(one, given[name])
      return read.success && read.data !== undefined ? [[name, read.data]] : []
    }),
  )

const without = (typed: Record<string, string | string[]>) =>
  Object.fromEntries(
    Object.entries(typed).filter(([name]) => !(hiddenFields as readonly string[]).includes(name)),
  )

const isConfirmed = ({ session, now }: Visit): boolean =>
  now.getTime() - session.confirmedAt.getTime() <= confirmedMs

const confirmFor = (path: string): string => `/console/confirm?to=${encodeURIComponent(path)}`

const withDone = (to: string, done: string): string => `${to}${to.includes('?') ? '&' : '?'}done=${done}`

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { confirmedMs } from '#features/console/console-access.ts'
import { seeConsoleSession } from '#storage/console/console-access.ts'
import type { StaffRole } from '#storage/staff/staff.ts'
import type { ConsoleDeps } from './console-deps.ts'
import { pageInFrame } from './layout.ts'
import { othersAt } from './presence.ts'
import type { Act, SectionName } from './sections.ts'
import { sendHtml } from './send.ts'
import { undoIn } from './undo.ts'
import type { Page, Visit } from './visit.ts'

/** The console as its contexts see it. */
export type Console = {
  app: FastifyInstance
  deps: ConsoleDeps
  /** Sections that are served; the navigation shows them. */
  served: Set<SectionName>
  /** What can be begun from anywhere, by Ctrl-K. */
  acts: Act[]
  /**
   * Runs `work` for whoever is in the console; otherwise answers that the session has ended, with what was typed. Calls wait for a
   * slot, which leaves database connections to the bot.
   */
  within(
    request: FastifyRequest,
    reply: FastifyReply,
    work: (visit: Visit) => Promise<FastifyReply | undefined>,
  ): Promise<FastifyReply | undefined>
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The roles that may open this page or send this form. */
    roles?: readonly StaffRole[]
    /** It is no page, but something to keep. */
    file?: boolean
    /** What a form has in it. */
    fields?: z.ZodObject
    /** What the address of a page may have in it. */
    query?: z.ZodObject
  }
}

export const nothing = z.object({})
export type Shape = z.ZodObject

/** Draws a page in its frame, and keeps who is there. */
export const sendPage = async (
  { served }: Console,
  reply: FastifyReply,
  visit: Visit,
  drawn: Page,
  {
    done = null,
    undo = null,
    status = 200,
  }: { done?: string | null; undo?: string | null; status?: number } = {},
): Promise<FastifyReply> => {
  const { deps, session, now } = visit
  const place = drawn.place ?? null
  // Once a minute is enough to see who is there, and a look costs no write.
  const seen = now.getTime() - session.seenAt.getTime() > 60_000 || session.place !== place
  if (seen && !drawn.aside)
    await deps.database.transaction((tx) => seeConsoleSession(tx, session.id, { place, now }))
  const frame = {
    served,
    others: await othersAt(visit, place),
    done,
    undo: undo === null ? null : undoIn(deps.sealer, undo, { sessionId: session.id, now }),
  }
  return sendHtml(reply, pageInFrame(visit, drawn, frame), status)
}

export const mustBe = ({ staff }: Visit, roles: readonly StaffRole[]): void => {
  if (!roles.includes(staff.role)) throw new DomainError('not-found')
}

/** A malformed id looks like an unknown one. */
export const paramsOf = (schema: Shape = nothing, request: FastifyRequest) => {
  const read = schema.safeParse(request.params)
  if (!read.success) throw new DomainError('not-found')
  return read.data
}

export const isConfirmed = ({ session, now }: Visit): boolean =>
  now.getTime() - session.confirmedAt.getTime() <= confirmedMs

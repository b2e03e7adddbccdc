import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { DomainError, type ErrorCode } from '#core/errors.ts'
import { dropDraft, formKey } from '#features/staff/staff-drafts.ts'
import { formSent, insertFormSent } from '#storage/console/console-access.ts'
import type { Tx } from '#storage/database.ts'
import type { StaffRole } from '#storage/staff/staff.ts'
import { type Console, isConfirmed, mustBe, nothing, paramsOf, sendPage, type Shape } from './console.ts'
import { retryPage, type Typed } from './failure-pages.ts'
import { hiddenFields, isFormOf } from './form-markup.ts'
import { seeOther, sendHtml } from './send.ts'
import { typedIn } from './typed.ts'
import { undoOf } from './undo.ts'
import type { Again, Next, Page, Shown, Visit } from './visit.ts'

/** What was wrong with a form: why it was refused, and the fields that do not fit. */
export type Wrong = { code: ErrorCode; fields: readonly string[] }

type FormSpec<P extends Shape, F extends Shape> = {
  for: readonly StaffRole[]
  params?: P
  fields?: F
  /** It changes who may do what, so the member proves anew who they are. */
  confirmed?: true
  /** Draws the form's own page again, with what was typed, instead of the page that all forms have for this. */
  again?: (call: Visit & { params: z.output<P>; typed: Typed; wrong: Wrong }) => Promise<Page>
}

type FormCall<P extends Shape, F extends Shape> = Visit & { params: z.output<P>; fields: z.output<F> }

type Prepared<P extends Shape, F extends Shape, R> = {
  /** What takes long, or needs a connection of its own: done before the transaction, which would be held open by it. */
  prepare?: (call: FormCall<P, F>) => Promise<R>
}

/**
 * Registers a form: carried out in one transaction, and once, however often it is sent. What is refused, or not understood, comes
 * back with all that was typed.
 */
export const form = <P extends Shape = typeof nothing, F extends Shape = typeof nothing, R = undefined>(
  console: Console,
  path: `/console${string}`,
  spec: FormSpec<P, F> & Prepared<P, F, R>,
  carryOut: (tx: Tx, call: FormCall<P, F>, prepared: R) => Promise<Next | Shown | Again>,
): void => {
  post(console, path, spec, async ({ visit, typed, params, reply, back }) => {
    const { deps, session } = visit
    const once = z.uuid().safeParse(typed.once)
    if (!once.success) return back('again', 400)
    const sent = { sessionId: session.id, once: once.data }
    const led = await formSent(deps.database, sent)
    if (led !== null) return seeOther(reply, led)
    const refuse = (wrong: Wrong) => drawAgain(console, spec, { visit, params, typed, reply, back }, wrong)
    const fields = (spec.fields ?? nothing).safeParse(without(typed))
    if (!fields.success) return refuse({ code: 'invalid-input', fields: namesIn(fields.error) })
    const call = { ...visit, params, fields: fields.data } as FormCall<P, F>
    try {
      const prepared = (await spec.prepare?.(call)) as R
      const next = await deps.database.transaction(async (tx) => {
        const led = await carryOut(tx, call, prepared)
        if ('again' in led) return led
        const next = pathOf(led, visit)
        await insertFormSent(tx, { ...sent, next })
        const draft = formKey.safeParse(typed.draft)
        if (draft.success) await dropDraft(tx, { staffId: visit.staff.id, form: draft.data })
        return 'shown' in led ? led : next
      })
      if (typeof next === 'string') return seeOther(reply, next)
      return 'again' in next
        ? sendPage(console, reply, visit, next.again, { status: 422 })
        : sendPage(console, reply, visit, next.shown)
    } catch (error) {
      // Sent twice at the same moment: the other one has been carried out.
      const other = await formSent(deps.database, sent).catch(() => null)
      if (other !== null) return seeOther(reply, other)
      if (error instanceof DomainError && error.code !== 'not-found')
        return refuse({ code: error.code, fields: error.field === undefined ? [] : [error.field] })
      throw error
    }
  })
}

/**
 * Registers a page that a form leads to, and that changes nothing: what was typed is in no address. It may lead on to another
 * page.
 */
export const ask = <P extends Shape = typeof nothing, F extends Shape = typeof nothing>(
  console: Console,
  path: `/console${string}`,
  spec: FormSpec<P, F>,
  draw: (call: FormCall<P, F>) => Promise<Page | Next>,
): void => {
  post(console, path, spec, async ({ visit, typed, params, reply, back }) => {
    const fields = (spec.fields ?? nothing).safeParse(without(typed))
    if (!fields.success)
      return drawAgain(
        console,
        spec,
        { visit, params, typed, reply, back },
        {
          code: 'invalid-input',
          fields: namesIn(fields.error),
        },
      )
    const drawn = await draw({ ...visit, params, fields: fields.data } as FormCall<P, F>)
    return 'to' in drawn ? seeOther(reply, pathOf(drawn, visit)) : sendPage(console, reply, visit, drawn)
  })
}

type Posted<P extends Shape> = {
  visit: Visit
  params: z.output<P>
  typed: Typed
  reply: FastifyReply
  back: (reason: Parameters<typeof retryPage>[1]['reason'], status: number) => FastifyReply
}

const post = <P extends Shape, F extends Shape>(
  { app, within }: Console,
  path: string,
  spec: FormSpec<P, F>,
  answer: (posted: Posted<P>) => Promise<FastifyReply>,
): void => {
  app.post(path, { config: { roles: spec.for, fields: spec.fields ?? nothing } }, (request, reply) =>
    within(request, reply, async (visit) => {
      mustBe(visit, spec.for)
      const { deps, session, say } = visit
      const typed = typedIn(request.body)
      const back: Posted<P>['back'] = (reason, status) =>
        sendHtml(reply, retryPage(say, { reason, action: request.url, typed, visit }), status)
      if (!isFormOf(deps.sealer, session.id, String(typed.csrf ?? ''))) return back('again', 403)
      if (spec.confirmed && !isConfirmed(visit)) return back('confirm', 403)
      const params = paramsOf(spec.params, request) as z.output<P>
      return answer({ visit, params, typed, reply, back })
    }),
  )
}

/** The form's own page, with what was typed; the page of all forms, if it has none, or can be drawn no more. */
const drawAgain = async <P extends Shape, F extends Shape>(
  console: Console,
  { again }: FormSpec<P, F>,
  { visit, params, typed, reply, back }: Posted<P>,
  wrong: Wrong,
): Promise<FastifyReply> => {
  const status = wrong.code === 'invalid-input' ? 422 : 409
  if (!again) return back(wrong.code, status)
  try {
    return sendPage(console, reply, visit, await again({ ...visit, params, typed, wrong }), { status })
  } catch (error) {
    if (error instanceof DomainError) return back(wrong.code, status)
    throw error
  }
}

const namesIn = ({ issues }: z.ZodError): string[] => [...new Set(issues.map(({ path }) => String(path[0])))]

const without = (typed: Record<string, string | string[]>) =>
  Object.fromEntries(
    Object.entries(typed).filter(([name]) => !(hiddenFields as readonly string[]).includes(name)),
  )

const pathOf = ({ to, done, undo }: Next, { deps, session, now }: Visit): string => {
  if (done === undefined) return to
  const url = new URL(to, 'http://console')
  url.searchParams.set('done', done)
  const asked = { sessionId: session.id, path: undo ?? '', now }
  if (undo !== undefined) url.searchParams.set('undo', undoOf(deps.sealer, asked))
  return `${url.pathname}${url.search}${url.hash}`
}

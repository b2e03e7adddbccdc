import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { DomainError, type ErrorCode } from '#core/errors.ts'
import { dropDraft, formKey } from '#features/staff/staff-drafts.ts'
import { formSent, insertFormSent } from '#storage/console/console-access.ts'
import type { Tx } from '#storage/database.ts'
import type { StaffRole } from '#storage/staff/staff.ts'
import { type Console, isConfirmed, mustBe, nothing, paramsOf, type Shape, sendPage } from './console.ts'
import { retryPage } from './failure-pages.ts'
import { hiddenFields, isFormOf } from './form-markup.ts'
import { seeOther, sendHtml } from './send.ts'
import { type Settled, type Standing, settle } from './standing.ts'
import { type Typed, typedIn } from './typed.ts'
import { undoOf } from './undo.ts'
import type { Again, Next, Page, Shown, Visit } from './visit.ts'

/** What was wrong with a form: why it was refused, and the fields that do not fit. */
export type Wrong = { code: ErrorCode; fields: readonly string[] }

export type FormSpec<P extends Shape, F extends Shape> = {
  for: readonly StaffRole[]
  params?: P
  fields?: F
  /** It changes who may do what, so the member proves anew who they are. */
  confirmed?: true
  /** It changes a list of the centre that every instance holds in memory: this one reads it again before it answers. */
  changesLists?: true
  /**
   * The record that the form is about, which others may change while it is open: read when the form comes, it says whether anything of what was
   * shown has changed. The form has a field `revision`, which carries the record's of now from there on.
   */
  stands?: (tx: Tx, call: Visit & { params: z.output<P> }) => Promise<Standing>
  /** Facts that fields of the same names change. */
  edits?: readonly string[]
  /** Draws the form's own page again, with what was typed, instead of the page that all forms have for this. */
  again?: (call: Visit & { params: z.output<P>; typed: Typed; wrong: Wrong }) => Promise<Page>
}

export type FormCall<P extends Shape, F extends Shape> = Visit & { params: z.output<P>; fields: z.output<F> }

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
        const settled = await standing(tx, spec, { visit, params, typed })
        if (settled && !settled.ok) return settled
        const led = await carryOut(tx, settled ? withFields(spec, call, settled.fields) : call, prepared)
        if ('again' in led) return led
        const next = pathOf(led, visit)
        await insertFormSent(tx, { ...sent, next })
        const draft = formKey.safeParse(typed.draft)
        if (draft.success) await dropDraft(tx, { staffId: visit.staff.id, form: draft.data })
        return 'shown' in led ? led : next
      })
      if (typeof next === 'string') {
        if (spec.changesLists) await readListsAgain(deps)
        return seeOther(reply, next)
      }
      if ('clashes' in next) return refuse({ code: 'stale', fields: next.clashes })
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

/** What is committed stays done: where the lists cannot be read now, they are read in some seconds. */
const readListsAgain = async ({ territories, log }: Visit['deps']): Promise<void> => {
  try {
    await territories.refresh()
  } catch (error) {
    log.info('centre-lists.unread', { error })
  }
}

/**
 * Registers a page that a form leads to, and that changes nothing: what was typed is in no address. It may lead on to another
 * page.
 */
export const ask = <P extends Shape = typeof nothing, F extends Shape = typeof nothing>(
  console: Console,
  path: `/console${string}`,
  spec: FormSpec<P, F>,
  draw: (call: FormCall<P, F> & { typed: Typed }) => Promise<Page | Next>,
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
    const call = { ...visit, params, fields: fields.data } as FormCall<P, F>
    const drawn = await draw({ ...call, typed })
    return 'to' in drawn ? seeOther(reply, pathOf(drawn, visit)) : sendPage(console, reply, visit, drawn)
  })
}

/** Null: the form rests upon no record. */
const standing = async <P extends Shape, F extends Shape>(
  tx: Tx,
  { stands, edits = [] }: FormSpec<P, F>,
  { visit, params, typed }: Pick<Posted<P>, 'visit' | 'params' | 'typed'>,
): Promise<Settled | null> =>
  stands ? settle(await stands(tx, { ...visit, params }), { typed, edits }) : null

/** The call with the fields that stand now: they have passed for fields of the form, as those did that were typed. */
const withFields = <P extends Shape, F extends Shape>(
  { fields: schema }: FormSpec<P, F>,
  call: FormCall<P, F>,
  changed: Extract<Settled, { ok: true }>['fields'],
): FormCall<P, F> => {
  const known = Object.entries(changed).filter(([name]) => name in (schema ?? nothing).shape)
  return { ...call, fields: { ...call.fields, ...Object.fromEntries(known) } }
}

type Posted<P extends Shape> = {
  visit: Visit
  params: z.output<P>
  typed: Typed
  reply: FastifyReply
  back: (
    reason: Parameters<typeof retryPage>[1]['reason'],
    status: number,
    anew?: Parameters<typeof retryPage>[1]['anew'],
  ) => FastifyReply
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
      const back: Posted<P>['back'] = (reason, status, anew) =>
        sendHtml(reply, retryPage(say, { reason, action: request.url, typed, visit, anew }), status)
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
  { again, stands }: FormSpec<P, F>,
  { visit, params, typed, reply, back }: Posted<P>,
  wrong: Wrong,
): Promise<FastifyReply> => {
  const status = wrong.code === 'invalid-input' ? 422 : 409
  if (!again) {
    if (!stands || wrong.code !== 'stale') return back(wrong.code, status)
    const now = await visit.deps.database.transaction((tx) => stands(tx, { ...visit, params }))
    const clashes = wrong.fields.length > 0 ? wrong.fields : Object.keys(now.facts)
    return back(wrong.code, status, { standing: now, clashes })
  }
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

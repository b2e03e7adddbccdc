import { z } from 'zod'
import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import { readerOf, unreadLine } from '#dialogue/requests/staff-act-view.ts'
import { giveCase, moveCase, recipientsOf, requestToActOn } from '#features/requests/act-on-case.ts'
import { mustBeAsDrawn } from '#features/requests/case-opening.ts'
import {
  calmCase,
  caseToCalm,
  caseToCheck,
  concludeCheck,
  mustBeAllowedToPassOn,
  passOn,
} from '#features/requests/cases.ts'
import { longestReason } from '#features/requests/request-transitions.ts'
import { safetyOutcomes } from '#features/requests/safety-check.ts'
import { freeText } from '#http/free-text.ts'
import { html, told } from '#http/markup.ts'
import type { Typed } from '../typed.ts'
import { type Console, form, page, type Wrong } from '../routes.ts'
import type { Page, Visit } from '../visit.ts'
import { type Act, actPage, choicesOf, textField, wrongMarkup } from './act-page.ts'
import { withId, workers } from './card-routes.ts'
import { loadCase } from './load-card.ts'
import { type RestingAct, requestStands } from './request-standing.ts'

type Call = Visit & { params: { id: string }; typed?: Typed; wrong?: Wrong }
type Fields = Pick<Act, 'title' | 'fields' | 'button' | 'danger'>

const revision = z.coerce.number().int().min(0)
const to = { for: workers, params: withId }

/** Acts on a request that have a page of their own, where they can be thought over. */
export const registerActs = (console: Console): void => {
  const { deps } = console
  const { database, region } = deps

  /** A page with the act's form, which is drawn again with what was typed if it is refused. */
  const act = <F extends z.ZodObject>(
    rests: RestingAct,
    fields: F,
    draw: (call: Call) => Promise<Fields>,
    carryOut: (
      ...of: Parameters<Parameters<typeof form<typeof withId, F>>[3]>
    ) => Promise<{ to: string; done: string }>,
  ) => {
    const path = `/${rests}`
    const again = async (call: Call): Promise<Page> => {
      const { wrong, params } = call
      const request = await loadCase(call, params.id)
      const tooLong = call.say.label('question.problems.reason-too-long')
      const told = wrong ? await wrongMarkup(call, { request, rests, wrong, tooLong }) : null
      return actPage(call, { request, path, rests, wrong: told, ...(await draw(call)) })
    }
    page(console, `/console/requests/:id${path}`, to, again)
    form<typeof withId, F>(
      console,
      `/console/requests/:id${path}`,
      { ...to, fields, again, stands: requestStands(rests) },
      carryOut,
    )
  }

  const reason = ({ say, typed }: Call, key: 'pass' | 'calm') =>
    textField('reason', {
      label: say.label(`consoleRequests.${key}.why`),
      hint: say.label(`consoleRequests.${key}.hint`),
      most: longestReason,
      value: String(typed?.reason ?? ''),
    })

  act(
    'pass',
    z.object({ reason: freeText(longestReason), revision }),
    async (call) => {
      const { say } = call
      if (!call.wrong) await mustBeAllowedToPassOn(database, call.staff, call.params.id)
      return {
        title: say.label('consoleRequests.pass.title'),
        fields: reason(call, 'pass'),
        button: say.label('consoleRequests.pass.button'),
      }
    },
    async (tx, { staff, now, params: { id }, fields }) => {
      await mustBeAsDrawn(tx, id, fields.revision)
      const next = await passOn(tx, deps, { staff, requestId: id, reason: fields.reason, now })
      return { to: '/console/requests', done: next === null ? 'passedToAll' : 'passedOn' }
    },
  )

  act(
    'calm',
    z.object({ reason: freeText(longestReason), revision }),
    async (call) => {
      const { say } = call
      if (!call.wrong) await caseToCalm(database, call.staff, call.params.id)
      return {
        title: say.label('consoleRequests.calm.title'),
        fields: reason(call, 'calm'),
        button: say.label('case.notUrgent'),
      }
    },
    async (tx, { staff, now, params: { id }, fields }) => {
      await mustBeAsDrawn(tx, id, fields.revision)
      await calmCase(tx, deps, { staff, requestId: id, reason: fields.reason, now })
      return { to: `/console/requests/${id}`, done: 'calmed' }
    },
  )

  act(
    'check',
    z.object({ outcome: z.enum(safetyOutcomes), revision }),
    async ({ say, staff, params, wrong }) => {
      if (!wrong) await caseToCheck(database, staff, params.id)
      const choices = safetyOutcomes.map((value) => ({
        value,
        label: say.label(`case.checkOutcomes.${value}`),
      }))
      return {
        title: say.label('case.checkButton'),
        fields: html`<p>${say.label('consoleRequests.check.text')}</p>${choicesOf('outcome', say.label('case.checkButton'), choices)}`,
        button: say.label('consoleRequests.check.button'),
      }
    },
    async (tx, { staff, now, params: { id }, fields: { outcome, revision } }) => {
      await mustBeAsDrawn(tx, id, revision)
      await concludeCheck(tx, deps, { staff, requestId: id, outcome, now })
      return { to: `/console/requests/${id}`, done: 'checked' }
    },
  )

  act(
    'stage',
    z.object({ stage: z.string().max(64), revision }),
    async ({ say, staff, params: { id }, typed }) => {
      const request = await requestToActOn(database, { staff, requestId: id, right: 'decide' })
      const name = (stage: string) => optionLabel(say, region.code, 'stages', stage)
      const later = region.stages.slice(region.stages.indexOf(request.stage) + 1)
      const unread = unreadLine(say, request)
      const choices = later.map((value) => ({ value, label: name(value), checked: typed?.stage === value }))
      return {
        title: say.label('act.stageButton'),
        fields: html`<p>${say.label('consoleRequests.stage.now', { stage: name(request.stage) })}</p>
${later.length === 0 ? html`<p>${say.label('act.stageLast')}</p>` : choicesOf('stage', say.label('consoleRequests.stage.which'), choices)}
<p>${unread === null ? say.label(`consoleRequests.stage.reads.${readerOf(request)}`) : { markup: unread }} ${say.label('act.noWayBack')}</p>`,
        button: say.label('act.stageYes'),
      }
    },
    async (tx, { staff, now, params: { id }, fields }) => {
      await mustBeAsDrawn(tx, id, fields.revision)
      await moveCase(tx, deps, { staff, requestId: id, to: fields.stage, now })
      return { to: `/console/requests/${id}`, done: 'moved' }
    },
  )

  act(
    'give',
    z.object({ staffId: z.uuid(), revision }),
    async ({ say, staff, now, params: { id }, typed }) => {
      const request = await requestToActOn(database, { staff, requestId: id, right: 'give' })
      const found = await recipientsOf(database, region, request, { readerId: staff.id, now })
      const choices = found.map(({ id: value, name, role, absent, onDuty, open }) => ({
        value,
        label: name,
        note: say.label('consoleRequests.give.about', {
          role: say.label(`staff.roles.${role}`),
          state: say.label(absent ? 'act.absent' : onDuty ? 'act.onDuty' : 'act.offDuty'),
          open,
        }),
        checked: typed?.staffId === value,
      }))
      return {
        title: say.label('consoleRequests.give.title'),
        fields:
          found.length === 0
            ? html`<p>${told(say, 'act.giveNobody')}</p>`
            : choicesOf('staffId', say.label('consoleRequests.give.whom'), choices),
        button: say.label('act.giveYes'),
      }
    },
    async (tx, { staff, now, params: { id }, fields }) => {
      await mustBeAsDrawn(tx, id, fields.revision)
      await giveCase(tx, deps, { staff, requestId: id, staffId: fields.staffId, now })
      return { to: '/console/requests', done: 'given' }
    },
  )
}

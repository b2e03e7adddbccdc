import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { namesOfRecords } from '#features/consents/consents-for-staff.ts'
import { consentsOfApplicant, scanOf } from '#features/consents/family-consents.ts'
import { printedPapers } from '#features/consents/print-paper.ts'
import { checkRepresentative } from '#features/consents/representative-checks.ts'
import { signPaper } from '#features/consents/sign-paper.ts'
import { html, type Markup } from '#http/markup.ts'
import { mustBeOpenFor, withId, workers } from '../requests/card-routes.ts'
import { safetyOf, titleOf } from '../requests/card-head.ts'
import { loadCase } from '../requests/load-card.ts'
import { type Console, download, form, page } from '../routes.ts'
import type { Typed } from '../typed.ts'
import type { Page, Visit } from '../visit.ts'
import { paperFile } from './paper-file.ts'
import { authorityFields, authorityForm, signedFields, signedForm, wrongWords } from './paper-forms.ts'
import { paperLinks, recordMarkup } from './registry-markup.ts'

const path = '/console/requests/:id/papers'
const to = { for: workers, params: withId }

/** «Бумаги» of a request: to print, to record what was signed, and by which paper the applicant represents a child. */
export const registerRequestPapers = (console: Console): void => {
  const { deps } = console
  const { database, sealer, region } = deps
  const rules = () => ({ sealer, region, consents: deps.consents() })

  /** Whoever may read the request. Whoever wrote of another family signs nothing, nor does who was erased. */
  const openCase = async (visit: Visit, id: string) => {
    const request = await loadCase(visit, id)
    mustBeOpenFor(visit, request)
    if (request.applicant === 'other-person' || request.erased) throw new DomainError('not-found')
    return request
  }

  const draw = async (
    visit: Visit,
    id: string,
    { typed, wrong = null }: { typed?: Typed; wrong?: Markup | null } = {},
  ): Promise<Page> => {
    const { say, staff, now } = visit
    const request = await openCase(visit, id)
    const by = { staffId: staff.id }
    const record = await database.transaction((tx) => consentsOfApplicant(tx, sealer, { request, by, now }))
    const base = `/console/requests/${id}`
    const around = {
      ...{ called: new Map(), staff: await namesOfRecords(database, [record]) },
      scanAt: (paperId: string) => `${base}/scans/${paperId}`,
    }
    const title = `${titleOf(visit, request)}: ${say.label('consoleConsents.ofRequest')}`
    const asked = { members: [], minors: [], typed }
    const represents = request.applicant !== 'minor'
    const body = html`<p class="note crumb"><a href="${base}">${titleOf(visit, request)}</a></p><h1>${say.label('consoleConsents.ofRequest')}</h1>
${safetyOf(visit, request)}${wrong}
<section>${recordMarkup(visit, record, around)}${!represents && html`<p class="note">${say.label('consoleConsents.minorPapers')}</p>`}
${paperLinks(visit, record, { at: (paper) => `${base}/papers/${paper}`, papers: printedPapers })}</section>
<section id="sign"><h2>${say.label('consoleConsents.sign.title')}</h2><p class="note">${say.label('consoleConsents.sign.about')}</p>${signedForm(visit, { action: `${base}/papers`, ...asked })}</section>
${represents && html`<section id="authority"><h2>${say.label('consoleConsents.authority.title')}</h2><p class="note">${say.label('consoleConsents.authority.about')}</p>${authorityForm(visit, { action: `${base}/papers/authority`, ...asked })}</section>`}`
    return { title, section: 'requests', place: `requests/${id}`, body }
  }

  page(console, path, to, (visit) => draw(visit, visit.params.id))

  type Wrong = Visit & { params: { id: string }; typed: Typed; wrong: { fields: readonly string[] } }
  const again = ({ typed, wrong, params, ...visit }: Wrong): Promise<Page> =>
    draw(visit, params.id, { typed, wrong: wrongWords(visit, wrong.fields) })

  form(
    console,
    path,
    { ...to, fields: signedFields, again, prepare: (visit) => openCase(visit, visit.params.id) },
    async (tx, { staff, now, fields: { kinds, signedOn }, params: { id: requestId }, upload }) => {
      const scan = upload?.length ? upload : undefined
      const paper = { signer: { requestId }, kinds, forMembers: [], signedOn, scan }
      await signPaper(tx, rules(), { paper, by: { staffId: staff.id }, now })
      return { to: `/console/requests/${requestId}/papers`, done: 'paperSigned' }
    },
  )

  form(
    console,
    `${path}/authority`,
    { ...to, fields: authorityFields, again, prepare: (visit) => openCase(visit, visit.params.id) },
    async (tx, { staff, now, fields, params: { id: requestId } }) => {
      const { paper, seenOn } = fields
      const check = { paper, seenOn, details: fields.details || null }
      const by = { staffId: staff.id }
      await checkRepresentative(tx, rules(), { signer: { requestId }, check, by, now })
      return { to: `/console/requests/${requestId}/papers`, done: 'authoritySeen' }
    },
  )

  const printed = z.object({ id: z.uuid(), code: z.enum(printedPapers) })
  download(console, `${path}/:code`, { for: workers, params: printed }, async (visit) => {
    const { id: requestId, code: paper } = visit.params
    const { number } = await openCase(visit, requestId)
    return paperFile(visit, { signer: { requestId }, paper, number })
  })

  const scanned = z.object({ id: z.uuid(), scan: z.uuid() })
  download(console, '/console/requests/:id/scans/:scan', { for: workers, params: scanned }, async (visit) => {
    const { staff, now, say, params } = visit
    await openCase(visit, params.id)
    const asked = { of: { requestId: params.id }, paperId: params.scan, by: { staffId: staff.id }, now }
    const { type, ending, bytes } = await database.transaction((tx) => scanOf(tx, sealer, asked))
    return { name: `${say.label('consoleConsents.scanName')}.${ending}`, type, content: bytes }
  })
}

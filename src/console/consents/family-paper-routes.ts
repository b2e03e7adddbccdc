import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { familyOfPapers, papersOfFamily } from '#features/consents/consents-for-staff.ts'
import { mustBeOf, scanOf } from '#features/consents/family-consents.ts'
import { papersMissing } from '#features/consents/papers-missing.ts'
import { printedPapers } from '#features/consents/print-paper.ts'
import { checkRepresentative } from '#features/consents/representative-checks.ts'
import { signPaper } from '#features/consents/sign-paper.ts'
import type { Markup } from '#http/markup.ts'
import { withWarnings } from '../families/family-frame.ts'
import { familyForm, familyPageAt } from '../families/of-family.ts'
import { chargeRoles } from '../families/roles.ts'
import { type Console, download } from '../routes.ts'
import type { Typed } from '../typed.ts'
import type { Page, Visit } from '../visit.ts'
import { familyPapersPage } from './family-papers-page.ts'
import { paperFile } from './paper-file.ts'
import { authorityFields, signedFields, wrongWords } from './paper-forms.ts'

type Of = Parameters<Parameters<typeof familyPageAt>[3]>[1]

/** «Согласия» of a family. */
export const registerFamilyPapers = (console: Console): void => {
  const { deps } = console
  const { database, sealer, region } = deps
  const rules = () => ({ sealer, region, consents: deps.consents() })

  const draw = async (visit: Visit, of: Of, again: { typed?: Typed; wrong?: Markup } = {}): Promise<Page> => {
    const found = await database.transaction((tx) => papersOfFamily(tx, sealer, of))
    const { family } = found
    const by = { staffId: of.staff.id }
    const missing = await papersMissing(database, rules(), { family, by, now: of.now })
    return familyPapersPage(visit, await withWarnings(visit, family), { ...found, missing, ...again })
  }
  familyPageAt(console, '/consents', { for: chargeRoles }, draw)

  const withId = z.object({ id: z.uuid() })
  type Wrong = Visit & { params: { id: string }; typed: Typed; wrong: { fields: readonly string[] } }
  const again = ({ typed, wrong, params, ...visit }: Wrong): Promise<Page> => {
    const { staff, now } = visit
    return draw(visit, { staff, now, familyId: params.id }, { typed, wrong: wrongWords(visit, wrong.fields) })
  }

  familyForm(
    console,
    '/consents',
    { for: chargeRoles, params: withId, fields: signedFields, again },
    async (tx, { fields, upload }, of) => {
      const { kinds, children: forMembers, signedOn } = fields
      const memberId = await memberOf(tx, of, fields.member)
      const scan = upload?.length ? upload : undefined
      const paper = { signer: { memberId }, kinds, forMembers, signedOn, scan }
      await signPaper(tx, rules(), { paper, by: { staffId: of.staff.id }, now: of.now })
      return { to: `/console/families/${of.familyId}/consents`, done: 'paperSigned' }
    },
  )

  familyForm(
    console,
    '/consents/authority',
    { for: chargeRoles, params: withId, fields: authorityFields, again },
    async (tx, { fields }, of) => {
      const memberId = await memberOf(tx, of, fields.member)
      const { paper, seenOn } = fields
      const check = { paper, seenOn, details: fields.details || null }
      const by = { staffId: of.staff.id }
      await checkRepresentative(tx, rules(), { signer: { memberId }, check, by, now: of.now })
      return { to: `/console/families/${of.familyId}/consents`, done: 'authoritySeen' }
    },
  )

  const memberOf = async (tx: Parameters<typeof mustBeOf>[0], of: Of, member: string | undefined) => {
    await familyOfPapers(tx, of)
    if (member === undefined) throw new DomainError('invalid-input', { field: 'member' })
    await mustBeOf(tx, of.familyId, member)
    return member
  }

  download(
    console,
    '/console/families/:id/members/:member/papers/:code',
    { for: chargeRoles, params: z.object({ id: z.uuid(), member: z.uuid(), code: z.enum(printedPapers) }) },
    async (visit) => {
      const { id: familyId, member: memberId, code: paper } = visit.params
      const { staff, now } = visit
      const { number } = await familyOfPapers(database, { staff, familyId, now })
      await mustBeOf(database, familyId, memberId)
      return paperFile(visit, { signer: { memberId }, paper, number: String(number) })
    },
  )

  download(
    console,
    '/console/families/:id/scans/:scan',
    { for: chargeRoles, params: z.object({ id: z.uuid(), scan: z.uuid() }) },
    async (visit) => {
      const { staff, now, say, params } = visit
      const of = { familyId: params.id }
      const asked = { of, paperId: params.scan, by: { staffId: staff.id }, now }
      const { type, ending, bytes } = await database.transaction(async (tx) => {
        await familyOfPapers(tx, { staff, now, ...of })
        return scanOf(tx, sealer, asked)
      })
      return { name: `${say.label('consoleConsents.scanName')}.${ending}`, type, content: bytes }
    },
  )
}

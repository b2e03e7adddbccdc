import { nameOrRole } from '#dialogue/families/member-name-view.ts'
import type { FamilyPapers, NamedRecord } from '#features/consents/consents-for-staff.ts'
import type { PapersMissing } from '#features/consents/papers-missing.ts'
import { printedPapers } from '#features/consents/print-paper.ts'
import { html, type Markup } from '#http/markup.ts'
import { type FamilyOpen, familyPage } from '../families/family-frame.ts'
import type { Typed } from '../typed.ts'
import type { Page, Visit } from '../visit.ts'
import { authorityForm, signedForm } from './paper-forms.ts'
import { missingMarkup, paperLinks, recordMarkup } from './registry-markup.ts'

type Facts = FamilyPapers & {
  missing: PapersMissing
  /** Of a form that came back. */
  typed?: Typed
  wrong?: Markup
}

/** «Согласия»: who has agreed to what, what is to be signed, and by which papers children are represented. Of each only staff learn. */
export const familyPapersPage = (visit: Visit, open: FamilyOpen, facts: Facts): Page => {
  const { say } = visit
  const { records, missing, typed, wrong } = facts
  const base = `/console/families/${open.family.id}`
  const named = (one: NamedRecord) => ({
    id: one.id,
    called: `${nameOrRole(say, one.role, one.called)} (${say.label(`caseload.roles.${one.role}`)})`,
  })
  const adults = records.filter(({ role }) => role !== 'minor')
  const minors = records.filter(({ role }) => role === 'minor')
  const section = (id: string, title: string, body: Markup) =>
    html`<section id="${id}"><h2>${say.label(`consoleConsents.${title}`)}</h2>${body}</section>`
  return familyPage(visit, open, {
    tab: 'consents',
    body: html`${wrong}${missingMarkup(visit, missing, null)}
<p class="note">${say.label('consoleConsents.unseen')}</p>
${records.map((one) => memberPart(visit, { ...facts, base }, { one, title: named(one).called }))}
${records.length > 0 && section('sign', 'sign.title', html`<p class="note">${say.label('consoleConsents.sign.about')}</p>${signedForm(visit, { action: `${base}/consents`, members: records.map(named), minors: minors.map(named), typed })}`)}
${adults.length > 0 && section('authority', 'authority.title', html`<p class="note">${say.label('consoleConsents.authority.about')}</p>${authorityForm(visit, { action: `${base}/consents/authority`, members: adults.map(named), typed })}`)}`,
  })
}

const memberPart = (
  visit: Visit,
  { records, staff, base }: Facts & { base: string },
  { one, title }: { one: NamedRecord; title: string },
): Markup => {
  const { say } = visit
  const called = new Map(records.map(({ id, role, called: name }) => [id, nameOrRole(say, role, name)]))
  const around = { called, staff, scanAt: (paperId: string) => `${base}/scans/${paperId}` }
  const at = (paper: string) => `${base}/members/${one.id}/papers/${paper}`
  return html`<section><h2>${title}</h2>${recordMarkup(visit, one, around)}
${one.role === 'minor' && html`<p class="note">${say.label('consoleConsents.minorPapers')}</p>`}
${paperLinks(visit, one, { at, papers: printedPapers })}</section>`
}

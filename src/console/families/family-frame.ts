import { safetyLine } from '#dialogue/families/safety-view.ts'
import { readWarnings } from '#features/families/look-at-family.ts'
import { familyForStaff } from '#features/families/caseload.ts'
import { type FamilyRight, staffRights } from '#features/families/family-access.ts'
import type { SafetyFact } from '#features/families/safety-facts.ts'
import { html, type Markup } from '#http/markup.ts'
import type { Family } from '#storage/families/families.ts'
import type { Page, Visit } from '../visit.ts'

/** The pages of a family, in the order of its tabs, and the right that each of them needs. */
const tabs = {
  now: { path: '', right: 'card' },
  people: { path: '/people', right: 'card' },
  talk: { path: '/talk', right: 'conversations' },
  notes: { path: '/notes', right: 'card' },
  plan: { path: '/plan', right: 'charge' },
  visits: { path: '/visits', right: 'charge' },
  case: { path: '/case', right: 'charge' },
  needs: { path: '/needs', right: 'card' },
  consents: { path: '/consents', right: 'charge' },
  voices: { path: '/voices', right: 'conversations' },
  timeline: { path: '/timeline', right: 'charge' },
} as const satisfies Record<string, { path: string; right: FamilyRight }>

export type FamilyTab = keyof typeof tabs
const tabNames = Object.keys(tabs) as FamilyTab[]

/** A family that the reader may open, with what everything that is done about it begins with. */
export type FamilyOpen = {
  family: Family
  rights: ReadonlySet<FamilyRight>
  safety: SafetyFact[]
}

/** Throws `not-found`. What warns of acting is audited. */
export const openFamily = async (visit: Visit, familyId: string): Promise<FamilyOpen> => {
  const { deps, staff, now } = visit
  const family = await familyForStaff(deps.database, { staff, familyId, now })
  return withWarnings(visit, family)
}

/** The same of a family that another feature has opened already. */
export const withWarnings = async ({ deps, staff, now }: Visit, family: Family): Promise<FamilyOpen> => ({
  family,
  rights: await staffRights(deps.database, staff, family, { now }),
  safety: await readWarnings(deps, { familyId: family.id, staffId: staff.id, now }),
})

/** Safety first: what everybody reads before they act. */
export const warnings = (
  { say, deps, now }: Pick<Visit, 'say' | 'deps' | 'now'>,
  facts: readonly SafetyFact[],
): Markup | null => {
  if (facts.length === 0) return null
  const when = { timeZone: deps.region.timeZone, now }
  const lines = facts.map((fact) => html`<li>${{ markup: safetyLine(say, fact, when) }}</li>`)
  return html`<section class="warning" aria-label="${say.label('consoleFamilies.warning')}"><ul>${lines}</ul></section>`
}

type Drawn = {
  /** Which tab it is, or belongs to. */
  tab: FamilyTab
  /** Of a page behind a tab, what is done there. */
  heading?: string
  body: Markup | readonly (Markup | null)[]
  live?: true
}

/** A page of a family: its number, warnings and tabs. */
export const familyPage = (
  visit: Visit,
  { family, rights, safety }: FamilyOpen,
  { tab, heading, body, live }: Drawn,
): Page => {
  const { say } = visit
  const number = say.label('console.familyNumber', { number: family.number })
  const part = heading ?? say.label(`consoleFamilies.tabs.${tab}`)
  const links = tabNames
    .filter((name) => rights.has(tabs[name].right))
    .map((name) => {
      const here = name === tab
      return html`<li><a href="/console/families/${family.id}${tabs[name].path}"${here && (heading ? html` aria-current="true"` : html` aria-current="page"`)}>${say.label(`consoleFamilies.tabs.${name}`)}</a></li>`
    })
  return {
    title: `${number}: ${part}`,
    section: 'families',
    place: `families/${family.id}`,
    ...(live && { live }),
    body: html`<h1>${number}</h1>
${warnings(visit, safety)}
${family.closedAt !== null && html`<p class="said">${say.label('consoleFamilies.closed')}</p>`}
<nav class="tabs" aria-label="${say.label('consoleFamilies.parts')}"><ul>${links}</ul></nav>
${heading && html`<h2 class="act">${heading}</h2>`}
${body}`,
  }
}

import { z } from 'zod'
import { escapeHtml } from '#core/text.ts'
import { DomainError } from '#core/errors.ts'
import { paragraphs } from '#dialogue/card-builder.ts'
import { ofFamilyInCharge } from '#dialogue/families/family-link.ts'
import { plainDay } from '#dialogue/plan/plan-words-view.ts'
import { defineScreen } from '#dialogue/screen.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { recordOwnFact } from '#features/registers/case-facts.ts'
import { outcomesCounted, recordOwnOutcome } from '#features/reports/outcomes.ts'
import { familyForVisitStaff } from '#features/visits/visits-for-staff.ts'
import { caseFactsOf } from '#regions/registers/index.ts'
import type { Region } from '#regions/schema.ts'
import { typedDay } from './help-results-screen.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'case-facts': z.infer<typeof factsState>
  }
  interface Links {
    'f-facts': 'case-facts'
  }
}

const factsState = z.object({
  familyId: z.uuid(),
  /** Another day than today. */
  on: z.iso.date().optional(),
  problem: z.string().optional(),
})

/** What happened to it, and what the final diagnosis found. */
const noted = (region: Region) => [...caseFactsOf(region.registers), ...outcomesCounted(region)]

/** What happened to a family, as results of support count it; on today or on a day that was written first. */
export const caseFactsScreen = defineScreen({
  name: 'case-facts',
  state: factsState,
  aside: true,
  varies: ['problem'],
  links: { 'f-facts': ofFamilyInCharge((familyId) => ({ name: 'case-facts', familyId })) },
  afterCommit: (_, { familyId }) => ({ name: 'help-results', familyId }),
  draw: async ({ deps, who, now, say, builder }, { familyId, on, problem }) => {
    const family = await familyForVisitStaff(deps.database, who?.staff, familyId, now)
    const codes = noted(deps.region)
    const day = on ?? dayAt(now, deps.region.timeZone).toString()
    const lines = codes.map(
      (code, index) => `${index + 1}. ${escapeHtml(say.label(`registers.facts.${code}`))}`,
    )
    return builder.card(
      'case-facts',
      paragraphs(
        problem !== undefined && `⚠️ ${say.t(problem)}`,
        say.t('registers.factsTitle', { number: family.number }),
        lines.join('\n'),
        say.t('registers.day', { day: plainDay(say, day, now) }),
        say.t('registers.factsWhy'),
      ),
      [
        codes.map((code, index) => builder.button(String(index + 1), 'set', code)),
        [builder.link(say.label('caseload.card'), 'f-card', familyId)],
      ],
    )
  },
  tap: async (turn, { familyId, on }, tap) => {
    const { deps, who, now, say } = turn
    const code = noted(deps.region).find((one) => one === tap.arg)
    if (tap.action !== 'set' || !code) return null
    const day = on ?? dayAt(now, deps.region.timeZone).toString()
    const of = { staff: who?.staff, familyId, on: day, now }
    try {
      await turn.once((tx) =>
        code === 'better' || code === 'overcame'
          ? recordOwnOutcome(tx, deps, { ...of, kind: code })
          : recordOwnFact(tx, deps, { ...of, code }),
      )
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'event-twice') throw error
      return { to: { name: 'case-facts', familyId, on: day, problem: 'registers.twice' } }
    }
    const told = { what: say.label(`registers.facts.${code}`), day: plainDay(say, day, now) }
    return { to: { name: 'help-results', familyId }, notice: say.t('registers.noted', told) }
  },
  words: (turn, { familyId }, text) => ({
    to: { name: 'case-facts', familyId, ...typedDay(turn, text) },
  }),
})

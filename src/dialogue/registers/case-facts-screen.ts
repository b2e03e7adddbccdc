import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { ofFamilyInCharge } from '#dialogue/families/family-link.ts'
import { plainDay } from '#dialogue/plan/plan-words-view.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { ownFacts, recordOwnFact, takeBackOwnFact } from '#features/registers/case-facts.ts'
import { outcomesCounted, outcomesFound, recordOwnOutcome } from '#features/reports/outcomes.ts'
import { caseFactsOf } from '#regions/registers/index.ts'
import type { Region } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { caseFactsView, type Recorded } from './case-facts-view.ts'
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
  draw: async ({ deps, who, now, builder }, { familyId, on, problem }) => {
    const { family, recorded } = await deps.database.transaction((tx) =>
      recordedOf(tx, deps, { staff: who?.staff, familyId, now }),
    )
    const codes = noted(deps.region)
    const day = on ?? dayAt(now, deps.region.timeZone).toString()
    return caseFactsView(builder, { family, codes, recorded, day, problem: problem ?? null, now })
  },
  tap: async (turn, { familyId, on }, tap) => {
    const { deps, who, now, say } = turn
    const of = { staff: who?.staff, familyId, now }
    if (tap.action === 'withdraw') return takeBack(turn, familyId, tap.arg)
    const code = noted(deps.region).find((one) => one === tap.arg)
    if (tap.action !== 'set' || !code) return null
    const day = on ?? dayAt(now, deps.region.timeZone).toString()
    try {
      await turn.once((tx) =>
        code === 'better' || code === 'overcame'
          ? recordOwnOutcome(tx, deps, { ...of, kind: code, answer: true, on: day })
          : recordOwnFact(tx, deps, { ...of, code, on: day }),
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

type Asking = Parameters<typeof ownFacts>[2]

/** What is recorded, in the order of its days. `arg`: the row of a fact, or the kind of a finding. */
const recordedOf = async (
  tx: Tx,
  deps: Turn['deps'],
  of: Asking,
): Promise<{ family: Family; recorded: Recorded[] }> => {
  const { family, facts } = await ownFacts(tx, deps, of)
  const found = await outcomesFound(tx, of.familyId)
  const all = [
    ...facts.map(({ id, code, on }) => ({ arg: String(id), code, on })),
    ...found.map(({ kind, day }) => ({ arg: kind, code: kind, on: day })),
  ]
  return { family, recorded: all.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)) }
}

const takeBack = async (turn: Turn, familyId: string, arg: string): Promise<Step | null> => {
  const { deps, who, now, say } = turn
  const of = { staff: who?.staff, familyId, now }
  const kind = outcomesCounted(deps.region).find((one) => one === arg)
  if (!kind && !/^\d{1,18}$/.test(arg)) return null
  const on = dayAt(now, deps.region.timeZone).toString()
  try {
    await turn.once((tx) =>
      kind
        ? recordOwnOutcome(tx, deps, { ...of, kind, answer: false, on })
        : takeBackOwnFact(tx, deps, { ...of, id: BigInt(arg) }),
    )
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'stale') throw error
    return { to: { name: 'case-facts', familyId, problem: 'caseHistory.stale' } }
  }
  return { to: { name: 'case-facts', familyId }, notice: say.t('registers.takenBack') }
}

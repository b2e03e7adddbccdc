import { z } from 'zod'
import { countCharacters } from '#core/words.ts'
import { pageOf } from '#dialogue/callback-data.ts'
import { paragraphs } from '#dialogue/card-builder.ts'
import { ofFamilyInCharge } from '#dialogue/families/family-link.ts'
import type { StateOf } from '#dialogue/registry.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { longestLevelReason } from '#features/levels/decide-level.ts'
import { decideLevelForStaff, signsForStaff } from '#features/levels/level-for-staff.ts'
import { needsReason, proposeLevel } from '#features/levels/propose-level.ts'
import { familyForVisitStaff } from '#features/visits/visits-for-staff.ts'
import { supportLevels } from '#storage/families/families.ts'
import { proposalText, signsView, tickedBy } from './signs-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'level-signs': z.infer<typeof signsState>
  }
  interface Links {
    'f-signs': 'level-signs'
  }
}

const signsState = z.object({
  familyId: z.uuid(),
  /** Undefined: those that were ticked last. */
  ticked: z.array(z.string().max(64)).max(60).optional(),
  page: z.int().optional(),
  /** The ticks are done, and the level is being chosen. */
  choosing: z.literal(true).optional(),
  /** Another level than the proposed one, which needs a word why. */
  level: z.enum(supportLevels).optional(),
  problem: z.string().optional(),
})

type State = StateOf<'level-signs'>

/** The signs of a level, page by page; then the level that they propose, and the one that a person decides. */
export const levelSignsScreen = defineScreen({
  name: 'level-signs',
  state: signsState,
  aside: true,
  varies: ['ticked', 'page', 'problem'],
  links: { 'f-signs': ofFamilyInCharge((familyId) => ({ name: 'level-signs', familyId })) },
  afterCommit: (_, { familyId }) => ({ name: 'family-case', familyId }),
  draw: async (turn, state) => {
    const { deps, builder, say } = turn
    const { choosing, level, page = 0, problem } = state
    const ticked = await ticksOf(turn, state)
    const { region } = deps
    if (!choosing) return signsView(builder, { screen: 'level-signs', ticked, page, region })
    const proposal = proposeLevel(region, ticked)
    if (level)
      return builder.card(
        'level-why',
        paragraphs(
          problem && `⚠️ ${say.t(`levels.problems.${problem}`)}`,
          say.t('levels.why', { level: say.label(`caseload.levels.${level}`) }),
          proposalText(say, region, proposal),
        ),
        [],
        { confidential: true },
      )
    const levels = proposal
      ? [proposal.level, ...supportLevels.filter((one) => one !== proposal.level)]
      : supportLevels
    return builder.card(
      'level-choice',
      paragraphs(proposalText(say, region, proposal), say.t('levels.choose')),
      levels.map((one) => [builder.button(say.label(`caseload.levels.${one}`), 'set', one)]),
      { confidential: true },
    )
  },
  tap: async (turn, state, tap) => {
    const { familyId, choosing, level, page } = state
    const ticked = await ticksOf(turn, state)
    const ticks = { name: 'level-signs' as const, familyId, ticked }
    if (tap.action === 'back' && level) return { to: { ...ticks, choosing: true } }
    if (tap.action === 'back' && choosing) return { to: ticks }
    if (choosing) {
      const chosen = tap.action === 'set' && supportLevels.find((one) => one === tap.arg)
      if (!chosen || level) return null
      if (needsReason(proposeLevel(turn.deps.region, ticked), chosen))
        return { to: { ...ticks, choosing: true, level: chosen } }
      return decide(turn, { familyId, signs: ticked, level: chosen })
    }
    if (tap.action === 'done') return { to: { ...ticks, choosing: true } }
    const asked = pageOf(tap)
    if (asked !== null) return { to: { ...ticks, page: asked } }
    const after = tickedBy(turn.deps.region, ticked, tap)
    return after && { to: { ...ticks, ticked: after, ...(page !== undefined && { page }) } }
  },
  words: async (turn, state, text) => {
    const { familyId, level } = state
    if (!level) return null
    if (countCharacters(text) > longestLevelReason) return { to: { ...state, problem: 'tooLong' } }
    return decide(turn, { familyId, signs: await ticksOf(turn, state), level, reason: text })
  },
})

/** Those of the session; else those that were ticked last, which is audited. */
const ticksOf = async (
  { deps, who, now }: Turn,
  { familyId, ticked }: Pick<State, 'familyId' | 'ticked'>,
): Promise<string[]> => {
  const { database } = deps
  if (ticked) {
    await familyForVisitStaff(database, who?.staff, familyId, now)
    return ticked
  }
  const as = { staff: who?.staff, familyId, now }
  return (await database.transaction((tx) => signsForStaff(tx, deps, as))).ticked
}

const decide = async (
  turn: Turn,
  choice: Omit<Parameters<typeof decideLevelForStaff>[2], 'staff' | 'now'>,
): Promise<Step> => {
  const { deps, who, now, say } = turn
  await turn.once((tx) => decideLevelForStaff(tx, deps, { ...choice, staff: who?.staff, now }))
  const level = say.label(`caseload.levels.${choice.level}`)
  return {
    to: { name: 'family-case', familyId: choice.familyId },
    notice: say.t('familyState.levelSet', { level }),
  }
}

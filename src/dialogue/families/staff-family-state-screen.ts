import { z } from 'zod'
import { defineScreen } from '#dialogue/screen.ts'
import { stagesBetween } from '#features/cases/case-record.ts'
import { lacksFinalDiagnosis } from '#features/cases/events-for-staff.ts'
import { groundsOf } from '#features/cases/grounds.ts'
import { endOwnFamily, levelOwnFamily, moveOwnFamily } from '#features/families/act-on-family.ts'
import { isReadInBot } from '#features/families/read-in-bot.ts'
import { contradictsSigns } from '#features/levels/decide-level.ts'
import { familyForVisitStaff } from '#features/visits/visits-for-staff.ts'
import { skipReasons } from '#storage/cases/case-events.ts'
import { endReasons, supportLevels } from '#storage/families/families.ts'
import { ofFamilyInCharge } from './family-link.ts'
import { readSafety } from './read-safety.ts'
import { familyEndView, familyLevelView, familySkipView, familyStageView } from './staff-family-state-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'family-stage': z.infer<typeof stageState>
    'family-level': z.infer<typeof levelState>
    'family-end': z.infer<typeof endState>
  }
  interface Links {
    'f-stage': 'family-stage'
    'f-level': 'family-level'
    'f-end': 'family-end'
  }
}

const stageState = z.object({
  familyId: z.uuid(),
  to: z.string().max(64).optional(),
  skip: z.enum(skipReasons).optional(),
})

/** Moves a family to a later stage: which one, why others are left out, then what it will read. There is no way back. */
export const familyStageScreen = defineScreen({
  name: 'family-stage',
  state: stageState,
  aside: true,
  links: { 'f-stage': ofFamilyInCharge((familyId) => ({ name: 'family-stage', familyId })) },
  afterCommit: (_, { familyId }) => ({ name: 'family-case', familyId }),
  draw: async (turn, { familyId, to, skip }) => {
    const { deps, who, now, builder } = turn
    const family = await familyForVisitStaff(deps.database, who?.staff, familyId, now)
    const read = await isReadInBot(deps.database, familyId)
    const around = { region: deps.region, now, safety: await readSafety(turn, familyId) }
    const left = to === undefined || skip !== undefined ? [] : stagesBetween(deps.region, family.stage, to)
    if (to !== undefined && left.length > 0)
      return familySkipView(builder, { family, left, reasons: skipReasons, ...around })
    return familyStageView(builder, { family, to: to ?? null, read, ...around })
  },
  tap: async (turn, { familyId, to, skip }, tap) => {
    const { who, now, deps, say } = turn
    const why = tap.action === 'skip' && skipReasons.find((one) => one === tap.arg)
    if (why && to !== undefined) return { to: { name: 'family-stage', familyId, to, skip: why } }
    if (tap.action === 'no') return { to: { name: 'family-stage', familyId } }
    if (tap.action === 'set' && deps.region.stages.includes(tap.arg))
      return { to: { name: 'family-stage', familyId, to: tap.arg } }
    if (tap.action !== 'yes' || to === undefined) return null
    await turn.once((tx) => moveOwnFamily(tx, deps, { staff: who?.staff, familyId, to, skip, now }))
    return { to: { name: 'family-case', familyId }, notice: say.t('act.moved') }
  },
})

const levelState = z.object({ familyId: z.uuid() })

/** Changes the level of support, and with it how often the family is visited. */
export const familyLevelScreen = defineScreen({
  name: 'family-level',
  state: levelState,
  aside: true,
  links: { 'f-level': ofFamilyInCharge((familyId) => ({ name: 'family-level', familyId })) },
  afterCommit: (_, { familyId }) => ({ name: 'family-case', familyId }),
  draw: async ({ deps, who, now, builder }, { familyId }) =>
    familyLevelView(builder, {
      family: await familyForVisitStaff(deps.database, who?.staff, familyId, now),
      levels: supportLevels,
      region: deps.region,
    }),
  tap: async (turn, { familyId }, tap) => {
    const level = tap.action === 'set' && supportLevels.find((one) => one === tap.arg)
    if (!level) return null
    const { who, now, deps, say } = turn
    // Against the signs that were ticked last it needs a word why.
    if (await contradictsSigns(deps.database, { id: familyId }, level))
      return { to: { name: 'level-signs', familyId, choosing: true, level } }
    await turn.once((tx) => levelOwnFamily(tx, deps, { staff: who?.staff, familyId, level, now }))
    const spoken = say.label(`caseload.levels.${level}`)
    return { to: { name: 'family-case', familyId }, notice: say.t('familyState.levelSet', { level: spoken }) }
  },
})

const endState = z.object({ familyId: z.uuid(), reason: z.enum(endReasons).optional() })

/** Ends the support of a family: why, then what becomes of it. */
export const familyEndScreen = defineScreen({
  name: 'family-end',
  state: endState,
  aside: true,
  links: { 'f-end': ofFamilyInCharge((familyId) => ({ name: 'family-end', familyId })) },
  afterCommit: (_, { familyId }) => ({ name: 'family-case', familyId }),
  draw: async (turn, { familyId, reason }) => {
    const { deps, who, now, builder } = turn
    const family = await familyForVisitStaff(deps.database, who?.staff, familyId, now)
    const around = { region: deps.region, now, safety: await readSafety(turn, familyId) }
    return familyEndView(builder, {
      family,
      reason: reason ?? null,
      read: await isReadInBot(deps.database, familyId),
      noFinal:
        reason !== undefined && (await lacksFinalDiagnosis(deps.database, deps.region, { familyId, reason })),
      grounds: groundsOf(deps.region),
      ...around,
    })
  },
  tap: async (turn, { familyId, reason }, tap) => {
    const { who, now, deps, say } = turn
    if (tap.action === 'no') return { to: { name: 'family-case', familyId } }
    const chosen = tap.action === 'set' && endReasons.find((one) => one === tap.arg)
    if (chosen) return { to: { name: 'family-end', familyId, reason: chosen } }
    if ((tap.action !== 'yes' && tap.action !== 'agree') || reason === undefined) return null
    const contactAfter = tap.action === 'agree'
    await turn.once((tx) =>
      endOwnFamily(tx, deps, { staff: who?.staff, familyId, reason, contactAfter, now }),
    )
    return { to: { name: 'family-case', familyId }, notice: say.t('familyState.ended') }
  },
})

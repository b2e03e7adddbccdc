import { z } from 'zod'
import { errorTexts } from '#dialogue/errors.ts'
import { levelOwnFamily } from '#features/families/act-on-family.ts'
import { mustBeActive } from '#features/families/active.ts'
import { longestLevelReason } from '#features/levels/decide-level.ts'
import { decideLevelForStaff, signsForStaff } from '#features/levels/level-for-staff.ts'
import { familyForVisitStaff } from '#features/visits/visits-for-staff.ts'
import { html, told } from '#http/markup.ts'
import { supportLevels } from '#storage/families/families.ts'
import type { Typed } from '../typed.ts'
import { ask, type Console, type Wrong } from '../routes.ts'
import { asShown, clashLines, standsAs } from '../standing.ts'
import type { Visit } from '../visit.ts'
import { type FamilyOpen, withWarnings } from './family-frame.ts'
import { familyStanding } from './family-standing.ts'
import { levelPage } from './level-page.ts'
import { familyForm, familyPageAt, type OfFamily, withFamily } from './of-family.ts'
import { chargeRoles } from './roles.ts'

const several = z.union([z.string().max(64), z.array(z.string().max(64)).max(80)]).optional()
const revision = z.coerce.number().int().min(0)
/** What may be left empty. */
const reason = z
  .string()
  .trim()
  .max(longestLevelReason)
  .transform((text) => text || undefined)
  .optional()

/** The level of a family: signs are ticked, what they propose is shown with its reasons, a person decides. */
export const registerLevel = (console: Console): void => {
  const { deps } = console
  const { database, region } = deps

  const inCharge = async (visit: Visit, { staff, familyId, now }: OfFamily): Promise<FamilyOpen> => {
    const family = await familyForVisitStaff(database, staff, familyId, now)
    mustBeActive(family)
    return withWarnings(visit, family)
  }
  const standing = (visit: Visit, { family }: FamilyOpen) =>
    database.transaction((tx) => familyStanding(tx, visit, family, 'level'))

  familyPageAt(console, '/level', { for: chargeRoles }, async (visit, of) => {
    const open = await inCharge(visit, of)
    const { ticked } = await database.transaction((tx) => signsForStaff(tx, deps, of))
    const stood = standsAs(await standing(visit, open))
    return levelPage(visit, open, { ticked, level: open.family.level, reason: '', stood })
  })

  ask(
    console,
    '/console/families/:id/level/proposal',
    { for: chargeRoles, params: withFamily },
    async ({ typed, ...visit }) => {
      const { staff, now, params } = visit
      const open = await inCharge(visit, { staff, now, familyId: params.id })
      return levelPage(visit, open, { ...given(typed), stood: asShown(typed) })
    },
  )

  const again = async ({
    typed,
    wrong,
    params,
    ...visit
  }: Visit & { params: { id: string }; typed: Typed; wrong: Wrong }) => {
    const { say, staff, now } = visit
    const open = await inCharge(visit, { staff, now, familyId: params.id })
    const stands = await standing(visit, open)
    const stale = wrong.code === 'stale'
    const why = told(say, stale ? 'console.failures.stale' : errorTexts[wrong.code])
    return levelPage(visit, open, {
      ...given(typed),
      stood: stale ? standsAs(stands) : asShown(typed),
      wrong: html`<div class="wrong" role="alert"><p>${why}</p>${stale && clashLines(visit, stands, wrong.fields)}</div>`,
    })
  }

  const fields = z.object({ signs: several, level: z.enum(supportLevels), reason, revision })
  familyForm(
    console,
    '/level',
    { for: chargeRoles, fields, rests: 'level', edits: ['level', 'signs'], again },
    async (tx, { fields: { signs = [], ...choice } }, of) => {
      // Where the region has no signs there is nothing that could be kept of them.
      if (region.levelSigns.length === 0) await levelOwnFamily(tx, deps, { ...of, ...choice })
      else await decideLevelForStaff(tx, deps, { ...of, ...choice, signs: [signs].flat() })
      return { to: `/console/families/${of.familyId}/needs`, done: 'levelSet' }
    },
  )
}

const given = ({ signs = [], level, reason: why }: Typed) => ({
  ticked: [signs].flat(),
  level: typeof level === 'string' ? level : null,
  reason: typeof why === 'string' ? why : '',
})

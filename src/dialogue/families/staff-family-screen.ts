import { z } from 'zod'
import { defineScreen } from '#dialogue/screen.ts'
import { curatorWordOf } from '#features/cases/curator-word.ts'
import { staysInTouch } from '#features/cases/after-look.ts'
import { papersMissing } from '#features/consents/papers-missing.ts'
import { staffRights } from '#features/families/family-access.ts'
import { urgencyOfFamily } from '#features/families/urgent-family.ts'
import { familyCase, familyNames } from '#features/families/caseload.ts'
import { ofFamily } from './family-link.ts'
import { readSafety } from './read-safety.ts'
import { familyFileView, familyPeopleView } from './staff-family-parts-view.ts'
import { familyCaseView, familyNamesView } from './staff-family-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'family-case': z.infer<typeof familyCaseState>
  }
  interface Links {
    'f-card': 'family-case'
    'f-names': 'family-case'
    'f-people': 'family-case'
    'f-file': 'family-case'
  }
}

const familyCaseState = z.object({
  familyId: z.uuid(),
  part: z.enum(['card', 'names', 'people', 'file']).optional(),
})

/** One family on the live card, with its people and its case a tap behind. Every access to its names is audited. */
export const familyCaseScreen = defineScreen({
  name: 'family-case',
  state: familyCaseState,
  aside: true,
  links: {
    'f-card': ofFamily((familyId) => ({ name: 'family-case', familyId })),
    'f-names': ofFamily((familyId) => ({ name: 'family-case', familyId, part: 'names' })),
    'f-people': ofFamily((familyId) => ({ name: 'family-case', familyId, part: 'people' })),
    'f-file': ofFamily((familyId) => ({ name: 'family-case', familyId, part: 'file' })),
  },
  draw: async (turn, { familyId, part = 'card' }) => {
    const { deps, who, now, builder } = turn
    const of = { staff: who?.staff, familyId, now }
    const { region } = deps
    if (part === 'names') {
      const named = await deps.database.transaction((tx) => familyNames(tx, deps.sealer, of))
      return familyNamesView(builder, { ...named, safety: await readSafety(turn, familyId), region, now })
    }
    const supervises = who?.staff?.role === 'supervisor'
    const found = await familyCase(deps.database, of)
    const safety = await readSafety(turn, familyId)
    const rights = await staffRights(deps.database, who?.staff, found.family, { now })
    if (part !== 'card')
      return (part === 'people' ? familyPeopleView : familyFileView)(builder, {
        ...found,
        ...{ safety, rights, supervises, region, now },
      })
    const look = { family: found.family, staffId: who?.staff?.id ?? '', now }
    const urgency = await urgencyOfFamily(deps.database, deps.sealer, look)
    const inTouch = await staysInTouch(deps.database, found.family)
    const said = await curatorWordOf(deps.database, found.family)
    // A wish for another one is kept from the curator.
    const word = said === 'agreed' || (supervises && found.family.curatorId !== who?.staff?.id) ? said : null
    const papers = await papersMissing(deps.database, deps, {
      family: found.family,
      by: { staffId: look.staffId },
      now,
    })
    const doing = { rights, inTouch, word, papers }
    return familyCaseView(builder, { ...found, safety, urgency, region, now, ...doing })
  },
})

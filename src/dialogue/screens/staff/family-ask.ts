import { DomainError } from '#core/errors.ts'
import type { Screen, Turn } from '#dialogue/screen.ts'
import { askFamilyView } from '#dialogue/views/staff/family-ask.ts'
import { createPen } from '#dialogue/views/pen.ts'
import { familyForStaff } from '#features/families/caseload.ts'
import { inviteByHand } from '#features/surveys/invite.ts'
import type { Family } from '#storage/families.ts'
import { newestSurveys } from '#storage/surveys.ts'

/** A supervisor asks a family by hand; a curator does not, for nobody chooses who rates them. */
export const familyAskScreen: Screen<'family-ask'> = {
  draw: async (turn, { familyId }) => {
    const family = await askedFamily(turn, familyId)
    const surveys = (await newestSurveys(turn.deps.database)).filter(({ retiredAt }) => retiredAt === null)
    return askFamilyView(createPen(turn.say, turn.session.revision), {
      number: family.number,
      surveys: surveys.map(({ survey: { code, title } }) => ({ code, title })),
    })
  },
  tap: async (turn, { familyId }, tap) => {
    if (tap.action === 'back') return { to: { name: 'family-case', familyId } }
    if (tap.action !== 'set') return null
    const { now, say } = turn
    const invited = await turn.once(async (tx) => {
      const family = await askedFamily(turn, familyId)
      return inviteByHand(tx, { code: tap.arg, family, now })
    })
    const key = invited.length === 0 ? 'caseload.ask.already' : 'caseload.ask.done'
    return { to: { name: 'family-case', familyId }, toast: say.label(key) }
  },
}

const askedFamily = async ({ deps, who }: Turn, familyId: string): Promise<Family> => {
  const family = await familyForStaff(deps.database, { staff: who?.staff, familyId })
  if (who?.staff?.role !== 'supervisor') throw new DomainError('not-found')
  return family
}

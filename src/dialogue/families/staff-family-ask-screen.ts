import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { defineScreen, type Turn } from '#dialogue/screen.ts'
import { familyForStaff } from '#features/families/caseload.ts'
import { inviteOnRequest } from '#features/surveys/invite.ts'
import type { Reader } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { newestSurveys } from '#storage/surveys/surveys.ts'
import { ofFamily } from './family-link.ts'
import { askFamilyView } from './staff-family-ask-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'family-ask': z.infer<typeof familyAskState>
  }
  interface Links {
    'f-ask': 'family-ask'
  }
}

const familyAskState = z.object({ familyId: z.uuid() })

/** A supervisor invites a family to a survey. A curator may not: nobody chooses who rates them. */
export const familyAskScreen = defineScreen({
  name: 'family-ask',
  state: familyAskState,
  aside: true,
  links: { 'f-ask': ofFamily((familyId) => ({ name: 'family-ask', familyId })) },
  afterCommit: (_, { familyId }) => ({ name: 'family-case', familyId }),
  draw: async (turn, { familyId }) => {
    const family = await askedFamily(turn, turn.deps.database, familyId)
    const surveys = (await newestSurveys(turn.deps.database)).filter(({ retiredAt }) => retiredAt === null)
    return askFamilyView(turn.builder, {
      number: family.number,
      surveys: surveys.map(({ survey: { code, title } }) => ({ code, title })),
    })
  },
  tap: async (turn, { familyId }, tap) => {
    if (tap.action === 'back') return { to: { name: 'family-case', familyId } }
    if (tap.action !== 'set') return null
    return {
      to: { name: 'family-case', familyId },
      toast: turn.say.label(await ask(turn, familyId, tap.arg)),
    }
  },
})

/** Returns the key of the supervisor's notice. */
const ask = async (turn: Turn, familyId: string, code: string): Promise<string> => {
  try {
    const invited = await turn.once(async (tx) => {
      const family = await askedFamily(turn, tx, familyId)
      return inviteOnRequest(tx, { code, family, timeZone: turn.deps.region.timeZone, now: turn.now })
    })
    return invited.length === 0 ? 'caseload.ask.already' : 'caseload.ask.done'
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not-eligible') return 'caseload.ask.nobody'
    throw error
  }
}

const askedFamily = async ({ who, now }: Turn, reader: Reader, familyId: string): Promise<Family> => {
  const family = await familyForStaff(reader, { staff: who?.staff, familyId, now })
  if (who?.staff?.role !== 'supervisor') throw new DomainError('not-found')
  return family
}

import type { Screen, Step, Turn } from '#dialogue/screen.ts'
import { joinView } from '#dialogue/views/family/join.ts'
import { createPen } from '#dialogue/views/pen.ts'
import type { ConsentText } from '#features/consents/texts.ts'
import { hasConsented, joinFamily, openFamilyLink } from '#features/families/members.ts'
import { documentOf } from '../intake/consent.ts'

/** Opens a link into a family: whoever holds it is spoken to as the member whose it is. */
export const openFamilyInvitation = async (turn: Turn, token: string): Promise<Step> => {
  const { deps, who, now, session } = turn
  const member = await openFamilyLink(deps.database, token, now)
  if (!who) {
    session.address = member.role === 'minor' ? 'minor' : 'adult'
    turn.say = deps.texts.for(turn.say.language, session.address)
  }
  return { to: { name: 'join', token } }
}

/** The consent that allows a member to be kept, once; whoever has given it before only says yes to the family. */
export const joinScreen: Screen<'join'> = {
  draw: async (turn, { token }) => {
    const { deps, who, now, say, session } = turn
    await openFamilyLink(deps.database, token, now)
    return joinView(createPen(say, session.revision), {
      organisation: deps.organisation.name,
      consented: await hasConsented(deps.database, who),
    })
  },
  tap: async (turn, { token }, tap) => {
    switch (tap.action) {
      case 'agree':
        return join(turn, token)
      case 'full':
        return {
          to: { name: 'join', token },
          ...documentOf(turn, textFor(turn), 'question.personalData.file'),
        }
      case 'refuse':
        return { to: { name: 'refused' } }
      default:
        return null
    }
  },
}

const join = async (turn: Turn, token: string): Promise<Step> => {
  const { deps, who, now, say, input } = turn
  const consented = await hasConsented(deps.database, who)
  const member = await turn.once((tx) =>
    joinFamily(tx, deps, {
      token,
      account: input.account,
      language: say.language,
      consent: consented ? null : textFor(turn),
      now,
    }),
  )
  turn.session.familyId = member.familyId
  delete turn.session.before
  return { to: { name: 'home' }, notice: turn.say.t('join.done'), commandMenu: 'family' }
}

const textFor = ({ deps, say }: Turn): ConsentText =>
  deps.consents.text('personal-data', say.language, say.address)

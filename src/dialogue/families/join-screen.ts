import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { createCardBuilder } from '#dialogue/card-builder.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import type { TappedText } from '#features/consents/consent-text.ts'
import {
  addressForRole,
  familyOfOwnLink,
  hasConsented,
  joinFamily,
  openFamilyLink,
} from '#features/families/join-family.ts'
import type { Member } from '#storage/families/family-members.ts'
import { documentOf } from '../intake/consent-question.ts'
import { joinView } from './join-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    join: z.infer<typeof joinState>
  }
  interface Links {
    invitation: 'join'
  }
}

/** Opens a one-time link into a family. Its holder is addressed as the member that it was made for. */
const openFamilyInvitation = async (turn: Turn, token: string): Promise<Step> => {
  const { deps, who, now, session } = turn
  const own = await familyOfOwnLink(deps.database, { token, who })
  if (own !== null) {
    session.familyId = own
    return { to: { name: 'home' }, notice: turn.say.t('join.alreadyHere'), commandMenu: 'family' }
  }
  const member = await openFamilyLink(deps.database, { token, who, now })
  if (!who) {
    session.address = addressForRole(member)
    turn.say = deps.texts.for(turn.say.language, session.address)
  }
  session.invited = token
  return { to: { name: 'join', token } }
}

/** Whether an invitation waits for an answer; one that holds no longer is forgotten. */
export const isInvited = async ({ deps, who, now, session }: Turn): Promise<boolean> => {
  const { invited: token } = session
  if (token === undefined) return false
  try {
    await openFamilyLink(deps.database, { token, who, now })
    return true
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    delete session.invited
    return false
  }
}

const joinState = z.object({ token: z.string().regex(/^[A-Za-z0-9_-]{22}$/) })

/** Asks for consent to the processing of personal data; a person who has given it to this very text only confirms. */
export const joinScreen = defineScreen({
  name: 'join',
  state: joinState,
  deepLinks: { f: openFamilyInvitation },
  links: {
    invitation: ({ session: { invited } }) =>
      invited === undefined ? { to: { name: 'home' } } : { to: { name: 'join', token: invited } },
  },
  afterCommit: () => ({ name: 'home' }),
  draw: async (turn, { token }) => {
    const { deps, who, now, say, session } = turn
    const member = await openFamilyLink(deps.database, { token, who, now })
    const spoken = deps.texts.for(say.language, addressForRole(member))
    const builder = createCardBuilder(spoken, session.revision, { staff: who?.staff?.active === true })
    return joinView(builder, {
      organisation: deps.organisation.name,
      consented: await hasConsented(deps.database, deps.consents, { who, member }),
    })
  },
  tap: async (turn, { token }, tap) => {
    switch (tap.action) {
      case 'agree':
        return join(turn, token)
      case 'full': {
        const member = await openFamilyLink(turn.deps.database, { ...turn, token })
        return {
          to: { name: 'join', token },
          ...documentOf(turn, textFor(turn, member), 'question.personalData.file'),
        }
      }
      case 'refuse':
        delete turn.session.invited
        return { to: { name: 'refused' }, forget: true }
      default:
        return null
    }
  },
})

const join = async (turn: Turn, token: string): Promise<Step> => {
  const { deps, who, now, say, input } = turn
  const member = await turn.once(async (tx) => {
    const invited = await openFamilyLink(tx, { token, who, now })
    const consented = await hasConsented(tx, deps.consents, { who, member: invited })
    const consent = consented ? null : textFor(turn, invited)
    return joinFamily(tx, deps, { token, who, account: input.account, language: say.language, consent, now })
  })
  turn.session.familyId = member.familyId
  delete turn.session.before
  delete turn.session.invited
  return {
    // What they wrote before they joined waits to be passed on.
    to: { name: turn.session.held ? 'hand-over' : 'home' },
    notice: turn.say.t(member.unconfirmedSince === null ? 'join.done' : 'join.doneAgain'),
    commandMenu: 'family',
  }
}

const textFor = ({ deps, say }: Turn, member: Member): TappedText =>
  deps.consents.text('personal-data', say.language, addressForRole(member))

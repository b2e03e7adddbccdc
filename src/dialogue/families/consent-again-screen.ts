import { cardOf } from '#dialogue/session.ts'
import { DomainError } from '#core/errors.ts'
import { documentOf } from '#dialogue/intake/consent-question.ts'
import type { Stateless } from '#dialogue/registry.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { keepConsent, mustAskAgain } from '#features/families/join-family.ts'
import { consentAgainView } from './consent-again-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'consent-again': Stateless
  }
  interface Links {
    'consent-again': 'consent-again'
  }
}

const toHome: Step = { to: { name: 'home' } }

/** Asks a minor for the new text of their consent. Whoever does not answer keeps what they had agreed to. */
export const consentAgainScreen = defineScreen({
  name: 'consent-again',
  aside: true,
  links: { 'consent-again': () => ({ to: { name: 'consent-again' } }) },
  afterCommit: () => toHome.to,
  draw: ({ builder, who }) => {
    if (!who?.families.some(({ role }) => role === 'minor')) throw new DomainError('not-found')
    return consentAgainView(builder)
  },
  tap: (turn, _, tap) => {
    if (tap.action === 'full')
      return {
        to: { name: 'consent-again' },
        ...documentOf(turn, textOf(turn), 'question.personalData.file'),
      }
    if (tap.action === 'skip') return toHome
    return tap.action === 'agree' ? agree(turn) : null
  },
})

const textOf = ({ deps, say }: Turn) => deps.consents.text('personal-data', say.language, 'minor')

const agree = async (turn: Turn): Promise<Step> => {
  const { deps, who, now, say } = turn
  if (!who) throw new DomainError('not-found')
  await turn.once(async (tx) => {
    if (!(await mustAskAgain(tx, deps.consents, who))) return
    await keepConsent(tx, deps, {
      personId: who.person.id,
      consent: textOf(turn),
      card: cardOf(turn.session),
      now,
    })
  })
  return { ...toHome, notice: say.t('consentAgain.done') }
}

import { cardOf } from '#dialogue/session.ts'
import { DomainError } from '#core/errors.ts'
import { documentOf } from '#dialogue/intake/consent-question.ts'
import type { Stateless } from '#dialogue/registry.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { textToAskAgain } from '#features/consents/ask-again.ts'
import { keepConsent } from '#features/families/join-family.ts'
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

/** Asks for the new text of the consent to the processing of personal data. Whoever does not answer keeps what they had agreed to. */
export const consentAgainScreen = defineScreen({
  name: 'consent-again',
  aside: true,
  links: { 'consent-again': () => ({ to: { name: 'consent-again' } }) },
  afterCommit: () => toHome.to,
  draw: async (turn) => {
    await mustHaveText(turn)
    return consentAgainView(turn.builder)
  },
  tap: async (turn, _, tap) => {
    if (tap.action === 'full') {
      const text = await mustHaveText(turn)
      return { to: { name: 'consent-again' }, ...documentOf(turn, text, 'question.personalData.file') }
    }
    if (tap.action === 'skip') return toHome
    return tap.action === 'agree' ? agree(turn) : null
  },
})

/** Throws `not-found` for whoever is not asked. */
const mustHaveText = async ({ deps, who }: Turn) => {
  const text = await textToAskAgain(deps.database, deps.consents, who)
  if (!text) throw new DomainError('not-found')
  return text
}

const agree = async (turn: Turn): Promise<Step> => {
  const { deps, who, now, say } = turn
  if (!who) throw new DomainError('not-found')
  await turn.once(async (tx) => {
    const consent = await textToAskAgain(tx, deps.consents, who)
    if (!consent) return
    await keepConsent(tx, deps, {
      personId: who.person.id,
      consent,
      card: cardOf(turn.session),
      now,
    })
  })
  return { ...toHome, notice: say.t('consentAgain.done') }
}

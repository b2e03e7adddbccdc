import { cardOf } from '#dialogue/session.ts'
import type { StateOf } from '#dialogue/registry.ts'
import type { Step, Turn } from '#dialogue/screen.ts'
import type { ConsentText, TappedText } from '#features/consents/consent-text.ts'
import type { GivenConsent } from '#features/intake/answers.ts'
import { forgetApplicant, startDraft } from '#features/intake/draft.ts'
import { addressOfApplicant } from '#features/intake/walk.ts'
import { onward } from './next-question.ts'
import { submitShort } from './short-way.ts'

type State = StateOf<'question'>

const kinds = {
  personalData: 'personal-data',
  supportRequest: 'support-request',
  dataSharing: 'data-sharing',
} as const

const consentText = (turn: Turn, state: State): TappedText | null =>
  state.id in kinds
    ? turn.deps.consents.text(
        kinds[state.id as keyof typeof kinds],
        turn.say.language,
        addressOfApplicant(turn.answers),
      )
    : null

/** Gives consent to the text on the card. */
export const agree = async (turn: Turn, state: State): Promise<Step | null> => {
  const text = consentText(turn, state)
  if (!text) return null
  const answers = { ...turn.answers, [state.id]: record(turn, text, true) }
  const sent = state.id === 'supportRequest' ? await submitShort(turn, answers) : null
  if (sent) return sent
  if (state.id === 'personalData') await begin(turn, answers, text)
  else await turn.keep(answers)
  return { to: onward(turn, state.changing) }
}

/** From here on the answers are stored, with the person and the consent, in one transaction. */
const begin = async (turn: Turn, answers: Turn['answers'], text: TappedText) => {
  await turn.once((tx) =>
    startDraft(tx, turn.deps, {
      account: turn.input.account,
      personId: turn.who?.person.id,
      language: turn.say.language,
      answers,
      text,
      card: cardOf(turn.session),
      now: turn.now,
    }),
  )
  delete turn.session.answers
}

export const refuse = async (turn: Turn, state: State): Promise<Step | null> => {
  const text = consentText(turn, state)
  if (!text) return null
  if (state.id === 'supportRequest') return { to: { name: 'not-now' } }
  if (state.id === 'dataSharing') {
    await turn.keep({ ...turn.answers, dataSharing: record(turn, text, false) })
    return { to: onward(turn, state.changing) }
  }
  if (turn.who)
    await turn.once((tx) => forgetApplicant(tx, turn.deps, { account: turn.input.account, now: turn.now }))
  delete turn.session.answers
  turn.answers = {}
  return { to: { name: 'refused' }, forget: true }
}

/** The whole text as a document; the card with the buttons comes again below it. */
export const fullText = (turn: Turn, state: State): Step | null => {
  const text = consentText(turn, state)
  return text && { to: state, ...documentOf(turn, text, `question.${state.id}.file`) }
}

/** The document of a consent, and the card again below it. */
export const documentOf = (
  turn: Turn,
  text: ConsentText,
  fileName: string,
): Pick<Step, 'fresh' | 'attachment'> => {
  return {
    fresh: true,
    attachment: {
      key: `${text.kind}-${text.hash}`,
      fileName: `${turn.say.label(fileName)}.pdf`,
      content: () => turn.deps.consents.document(text),
    },
  }
}

const record = (turn: Turn, text: TappedText, given: boolean): GivenConsent => ({
  given,
  version: text.version,
  textHash: text.hash,
  language: turn.say.language,
  address: addressOfApplicant(turn.answers),
  at: turn.now.toISOString(),
})

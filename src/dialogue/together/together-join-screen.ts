import { z } from 'zod'
import { createCardBuilder } from '#dialogue/card-builder.ts'
import { documentOf } from '#dialogue/intake/consent-question.ts'
import type { Stateless } from '#dialogue/registry.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import type { TappedText } from '#features/consents/consent-text.ts'
import { hasConsented } from '#features/families/join-family.ts'
import {
  answerTogether,
  type ClosedLink,
  declineTogether,
  type OpenLink,
  openTogetherLink,
} from '#features/together/join-together.ts'
import { asTogetherName } from '#features/together/together-names.ts'
import { closedView, declinedView, joinView } from './together-join-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'together-join': z.infer<typeof joinState>
    'together-declined': Stateless
  }
}

const steps = ['who', 'data', 'agreement', 'name'] as const
type JoinStep = (typeof steps)[number]

const joinState = z.object({
  token: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
  step: z.enum(steps),
  problem: z.literal('long').optional(),
})
type State = z.infer<typeof joinState>

const openOf = ({ deps, who, now }: Turn, token: string): Promise<OpenLink | ClosedLink> =>
  openTogetherLink(deps.database, deps, { token, who, now })

/** Opens a link. Its reader is addressed as whom it was made for. */
const openLink = async (turn: Turn, token: string): Promise<Step> => {
  const opened = await openOf(turn, token)
  if (opened.is === 'mine') return { to: { name: 'together', id: opened.id } }
  if (opened.is === 'open' && !turn.who) {
    turn.session.address = opened.joinsAs
    turn.say = turn.deps.texts.for(turn.say.language, opened.joinsAs)
  }
  return { to: { name: 'together-join', token, step: 'who' } }
}

/**
 * Whoever opened a link learns who asks and what it means, agrees to what the law wants agreed to, each by itself, and says how
 * they are called. Nothing is stored before the last step.
 */
export const togetherJoinScreen = defineScreen({
  name: 'together-join',
  state: joinState,
  interruptible: false,
  varies: ['problem'],
  deepLinks: { w: openLink },
  afterCommit: (_, { token }) => ({ name: 'together-join', token, step: 'who' }),
  draw: async (turn, { token, step, problem }) => {
    const { deps, say, session, now } = turn
    const opened = await openOf(turn, token)
    if (opened.is !== 'open') return closedView(turn.builder, opened)
    const spoken = deps.texts.for(say.language, opened.joinsAs)
    const builder = createCardBuilder(spoken, session.revision)
    return joinView(builder, {
      ...{ opened, step, problem, now },
      organisation: deps.organisation.name,
      timeZone: deps.region.timeZone,
    })
  },
  tap: async (turn, state, tap) => {
    const { token, step } = state
    const opened = await openOf(turn, token)
    if (opened.is !== 'open') return { to: { ...state, step: 'who' } }
    switch (tap.action) {
      case 'refuse':
        return decline(turn, token)
      case 'agree':
        return { to: { name: 'together-join', token, step: await nextStep(turn, opened, step) } }
      case 'full': {
        const kind = step === 'data' ? 'personal-data' : 'support-request'
        const file = step === 'data' ? 'question.personalData.file' : 'question.supportRequest.file'
        return { to: state, ...documentOf(turn, textFor(turn, kind, opened), file) }
      }
      case 'back':
        return step === 'who'
          ? { to: { name: 'home' } }
          : { to: { name: 'together-join', token, step: 'who' } }
      default:
        return null
    }
  },
  words: async (turn, state, text) => {
    if (state.step !== 'name') return null
    const name = asTogetherName(text)
    return name === null ? { to: { ...state, problem: 'long' } } : answer(turn, state, name)
  },
})

/** The steps that are left: what was agreed to before is not asked again. */
const nextStep = async (turn: Turn, opened: OpenLink, step: JoinStep): Promise<JoinStep> => {
  const asked: JoinStep[] = [
    'who',
    ...((await isKnownTo(turn, opened)) ? [] : (['data'] as const)),
    ...(opened.agreement === null ? [] : (['agreement'] as const)),
    'name',
  ]
  return asked[asked.indexOf(step) + 1] ?? 'name'
}

const isKnownTo = ({ deps, who }: Turn, { joinsAs }: OpenLink): Promise<boolean> =>
  hasConsented(deps.database, deps.consents, {
    who,
    member: { role: joinsAs === 'minor' ? 'minor' : 'parent' },
  })

const textFor = ({ deps, say }: Turn, kind: TappedText['kind'], { joinsAs }: OpenLink): TappedText =>
  deps.consents.text(kind, say.language, joinsAs)

const answer = async (turn: Turn, { token }: State, name: string): Promise<Step> => {
  const { deps, who, now, input, say } = turn
  const opened = await openOf(turn, token)
  if (opened.is !== 'open') return { to: { name: 'together-join', token, step: 'who' } }
  const consent = (await isKnownTo(turn, opened)) ? null : textFor(turn, 'personal-data', opened)
  const agreement = opened.agreement === null ? null : textFor(turn, 'support-request', opened)
  const { account } = input
  await turn.once((tx) =>
    answerTogether(tx, deps, { token, who, account, language: say.language, name, consent, agreement, now }),
  )
  return { to: { name: 'together', id: opened.id } }
}

const decline = async (turn: Turn, token: string): Promise<Step> => {
  const { deps, who, now } = turn
  await turn.once((tx) => declineTogether(tx, deps, { token, who, now }))
  return { to: { name: 'together-declined' }, ...(who === null && { forget: true }) }
}

export const togetherDeclinedScreen = defineScreen({
  name: 'together-declined',
  ends: true,
  draw: ({ builder, deps }) => declinedView(builder, deps.organisation),
})

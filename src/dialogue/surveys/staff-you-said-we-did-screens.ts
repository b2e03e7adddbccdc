import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import type { Stateless, StateOf } from '#dialogue/registry.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { wordsFor } from '#features/surveys/spoken-questions.ts'
import {
  halfOf,
  longestHalf,
  servesAll,
  takeBackTold,
  tellFamilies,
} from '#features/surveys/tell-families.ts'
import { newestSurveys } from '#storage/surveys/surveys.ts'
import { findYouSaidWeDid } from '#storage/surveys/you-said-we-did.ts'
import { tellSurveyView, tellToldView, tellWhomView, tellWordsView } from './staff-you-said-we-did-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'tell-survey': Stateless
    'tell-said': z.infer<typeof tellSaidState>
    'tell-done': z.infer<typeof tellDoneState>
    'tell-whom': z.infer<typeof tellWhomState>
    'tell-told': z.infer<typeof tellToldState>
  }
}

// A supervisor publishes «you said, we did»: the survey, what was said, what was done, the audience.

/** Throws `not-found` for anybody but a supervisor. */
const supervisorOf = ({ who }: Turn) => {
  if (!who?.staff?.active || who.staff.role !== 'supervisor') throw new DomainError('not-found')
  return who.staff
}

export const tellSurveyScreen = defineScreen({
  name: 'tell-survey',
  aside: true,
  draw: async (turn) => {
    supervisorOf(turn)
    const reader = { language: turn.say.language, minor: false }
    const surveys = (await newestSurveys(turn.deps.database)).map(({ survey: { code, title } }) => ({
      code,
      title: wordsFor(title, reader),
    }))
    return tellSurveyView(turn.builder, surveys)
  },
  tap: (_, __, tap) => {
    if (tap.action === 'back') return { to: { name: 'results' } }
    return tap.action === 'set' ? { to: { name: 'tell-said', survey: tap.arg } } : null
  },
})

const survey = z.string().max(40)
const half = z.string().max(700)

const tellSaidState = z.object({ survey, problem: z.literal('too-long').optional() })

export const tellSaidScreen = defineScreen({
  name: 'tell-said',
  state: tellSaidState,
  aside: true,
  varies: ['problem'],
  draw: (turn, { problem }) => {
    supervisorOf(turn)
    return tellWordsView(turn.builder, { what: 'said', longest: longestHalf, problem: problem !== undefined })
  },
  tap: (_, __, tap) => (tap.action === 'back' ? { to: { name: 'tell-survey' } } : null),
  words: (_, state, text) => {
    const said = halfOf(text)
    const { survey } = state
    return { to: said === null ? { ...state, problem: 'too-long' } : { name: 'tell-done', survey, said } }
  },
})

const tellDoneState = z.object({ survey, said: half, problem: z.literal('too-long').optional() })

export const tellDoneScreen = defineScreen({
  name: 'tell-done',
  state: tellDoneState,
  aside: true,
  varies: ['problem'],
  draw: (turn, { problem }) => {
    supervisorOf(turn)
    return tellWordsView(turn.builder, { what: 'done', longest: longestHalf, problem: problem !== undefined })
  },
  tap: (_, { survey }, tap) => (tap.action === 'back' ? { to: { name: 'tell-said', survey } } : null),
  words: (_, { problem: __, ...state }, text) => {
    const done = halfOf(text)
    if (done === null) return { to: { ...state, problem: 'too-long' } }
    return { to: { ...state, name: 'tell-whom', done } }
  },
})

const tellWhomState = z.object({ survey, said: half, done: half })

export const tellWhomScreen = defineScreen({
  name: 'tell-whom',
  state: tellWhomState,
  aside: true,
  afterCommit: () => ({ name: 'results' }),
  draw: (turn, { said, done }) => {
    const { territories } = supervisorOf(turn)
    const { region } = turn.deps
    return tellWhomView(turn.builder, {
      said,
      done,
      territories,
      everybody: servesAll(region, supervisorOf(turn)),
      region: region.code,
    })
  },
  tap: (turn, state, tap) => {
    const { survey, said } = state
    if (tap.action === 'back') return { to: { name: 'tell-done', survey, said } }
    return tap.action === 'set' ? publish(turn, state, tap.arg) : null
  },
})

const tellToldState = z.object({ itemId: z.uuid() })

export const tellToldScreen = defineScreen({
  name: 'tell-told',
  state: tellToldState,
  aside: true,
  draw: async (turn, { itemId }) => {
    supervisorOf(turn)
    const item = await findYouSaidWeDid(turn.deps.database, itemId)
    if (!item) throw new DomainError('not-found')
    return tellToldView(turn.builder, { ...item, back: item.withdrawnAt !== null })
  },
  tap: async (turn, { itemId }, tap) => {
    if (tap.action === 'back') return { to: { name: 'results' } }
    if (tap.action !== 'withdraw') return null
    const { deps, who, now } = turn
    await turn.once((tx) => takeBackTold(tx, deps, { staff: who?.staff, id: itemId, now }))
    return { to: { name: 'tell-told', itemId } }
  },
})

type Whole = StateOf<'tell-whom'>

const publish = async (turn: Turn, { survey, said, done }: Whole, where: string): Promise<Step | null> => {
  const { deps, now } = turn
  const staff = supervisorOf(turn)
  const everybody = where === 'all'
  if (everybody && !servesAll(deps.region, staff)) return null
  const item = { survey, said, done, territory: everybody ? null : where }
  const { id } = await turn.once((tx) => tellFamilies(tx, deps, { staff, item, now }))
  return { to: { name: 'tell-told', itemId: id } }
}

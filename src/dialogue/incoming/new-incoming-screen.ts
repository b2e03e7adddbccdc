import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { countCharacters } from '#core/words.ts'
import type { StateOf } from '#dialogue/registry.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { dateOf, longestFrom, messageSources } from '#features/incoming/incoming.ts'
import { readReceivedOn } from '#features/incoming/received-on.ts'
import { registerIncoming } from '#features/incoming/register-incoming.ts'
import { longestStory } from '#features/intake/answers.ts'
import { otherOption } from '#features/intake/questions.ts'
import { territoryOfCall } from '#features/requests/register-call.ts'
import type { Region } from '#regions/schema.ts'
import { newIncomingView } from './new-incoming-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'incoming-new': z.infer<typeof newIncomingState>
  }
  interface Links {
    'in-new': 'incoming-new'
  }
}

const newIncomingState = z.object({
  /** A code of the region's sources. */
  source: z.string().max(64).optional(),
  from: z
    .string()
    .max(longestFrom * 2)
    .optional(),
  /** A code, where the words and the duties of whoever writes do not tell. */
  territory: z.string().max(64).optional(),
  words: z
    .string()
    .max(longestStory * 2)
    .optional(),
  /** The day on which it came, if not today. */
  on: z.iso.date().optional(),
  /** The day is being asked for. */
  dating: z.literal(true).optional(),
  problem: z.string().optional(),
})

type State = StateOf<'incoming-new'>
const name = 'incoming-new' as const

const questions = ['source', 'from', 'territory', 'words'] as const
export type IncomingQuestion = (typeof questions)[number] | 'on'

/** A message about a family: who tells, from whom and of whom, the words; today's unless another day is given. */
export const newIncomingScreen = defineScreen({
  name,
  state: newIncomingState,
  varies: ['problem'],
  links: {
    'in-new': ({ who, session: { before } }, arg) => {
      if (!who?.staff?.active) return { to: { name: 'home' } }
      return { to: arg === 'resume' && before?.name === name ? before : { name } }
    },
  },
  afterCommit: (turn) => leave(turn),
  draw: ({ deps, who, now, builder }, state) => {
    if (!who?.staff?.active) throw new DomainError('not-found')
    const { region } = deps
    return newIncomingView(builder, {
      ...{ state, asked: asked(state), region, places: placesOf(region) },
      sources: messageSources(region).map(({ code }) => code),
      day: state.on === undefined ? null : dateOf(state.on),
      today: dateOf(dayAt(now, region.timeZone).toString()),
    })
  },
  tap: (turn, { problem: _, ...state }, tap) => {
    const { region } = turn.deps
    if (tap.action === 'back') return back(state)
    if (tap.action === 'no') return { to: leave(turn) }
    if (tap.action === 'change' && asked(state) === null) return { to: { ...state, dating: true } }
    if (tap.action === 'yes') return register(turn, state)
    if (tap.action !== 'set') return null
    const question = asked(state)
    if (question === 'source' && messageSources(region).some(({ code }) => code === tap.arg))
      return { to: { ...state, source: tap.arg } }
    if (question === 'territory' && placesOf(region).includes(tap.arg))
      return { to: { ...state, territory: tap.arg } }
    return null
  },
  words: ({ deps, who, now }, { problem: __, ...state }, text) => {
    const question = asked(state)
    if (question === 'on') {
      const on = readReceivedOn(text, deps.region, now)
      const { dating: ___, ...dated } = state
      return { to: on === null ? { ...state, problem: 'badDay' } : { ...dated, on } }
    }
    if (question !== 'from' && question !== 'words') return null
    const longest = question === 'from' ? longestFrom : longestStory
    if (countCharacters(text) > longest) return { to: { ...state, problem: 'tooLong' } }
    if (question === 'words') return { to: { ...state, words: text } }
    const territory = who?.staff ? territoryOfCall(text, deps.region, who.staff) : null
    return { to: { ...state, from: text, ...(territory !== null && { territory }) } }
  },
})

/** Codes to choose from, «elsewhere» last. */
const placesOf = ({ territories }: Region): string[] => [...territories.map(({ code }) => code), otherOption]

const asked = (state: State): IncomingQuestion | null =>
  state.dating ? 'on' : (questions.find((one) => state[one] === undefined) ?? null)

const back = ({ dating, ...state }: State): Step => {
  if (dating) return { to: state }
  const last = questions.findLast((one) => state[one] !== undefined)
  if (last === undefined) return { to: { name: 'home' } }
  if (last === 'territory') {
    const { from: _, territory: __, ...before } = state
    return { to: before }
  }
  const { [last]: _, ...rest } = state
  return { to: rest }
}

/** To the menu, with nothing that it could offer to go back to. */
const leave = ({ session }: Turn): Step['to'] => {
  session.screen = { name }
  return { name: 'home' }
}

const register = async (turn: Turn, state: State): Promise<Step | null> => {
  const { deps, who, say, now } = turn
  const { source, from, words, territory, on } = state
  if (asked(state) !== null || !source || !from || !words || !territory) return null
  const receivedOn = on ?? dayAt(now, deps.region.timeZone).toString()
  const { number, requestNumber } = await turn.once((tx) => {
    if (!who?.staff?.active) throw new DomainError('not-found')
    const incoming = { source, receivedOn, from, words, territory }
    return registerIncoming(tx, deps, { incoming, family: null, by: { staffId: who.staff.id }, now })
  })
  const notice =
    requestNumber === null
      ? say.t('incoming.done', { number })
      : say.t('incoming.doneUrgent', { number, request: requestNumber })
  return { to: leave(turn), notice }
}

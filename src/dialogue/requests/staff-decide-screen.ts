import { z } from 'zod'
import { countCharacters } from '#core/words.ts'
import type { StateOf } from '#dialogue/registry.ts'
import { byId, defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { curatorsFor, decideCase, requestToActOn } from '#features/requests/act-on-case.ts'
import {
  closeOutcomes,
  type Decider,
  type DecisionWord,
  deciders,
  decisionRules,
  longestDecisionText,
} from '#features/requests/decision.ts'
import {
  draftLevels,
  later,
  nextDecisionStep,
  stepBack,
  wordsOf,
  wordsToAdd,
} from '#features/requests/decision-draft.ts'
import { proposeLevel } from '#features/levels/propose-level.ts'
import { keepSignsOfRequest } from '#features/levels/level-for-staff.ts'
import { familyOfRequest } from '#storage/families/families.ts'
import { personOf } from '#storage/people.ts'
import { findRequest } from '#storage/requests/requests.ts'
import { absentAt } from '#storage/staff/absences.ts'
import { readyText } from './ready-words-view.ts'
import { readerOf, unreadLine } from './staff-act-view.ts'
import {
  chosenLevel,
  lacksLevelReason,
  signFields,
  signsCard,
  tapOnSigns,
  withLevelReason,
} from './decide-signs.ts'
import { decideView } from './staff-decide-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    decide: z.infer<typeof decideState>
  }
  interface Links {
    decide: 'decide'
  }
}

const word = z.string().max(longestDecisionText * 2)
const wordFields = {
  reason: word.optional(),
  instead: word.optional(),
  organisation: word.optional(),
  phone: word.optional(),
  help: word.optional(),
  passed: word.optional(),
} satisfies Record<DecisionWord, z.ZodType>
const allWords = ['reason', 'instead', 'organisation', 'phone', 'help', 'passed'] as const

/** A decision that is being put together: what was answered so far, flat, so that another answer is another card. */
const decideState = z.object({
  requestId: z.uuid(),
  outcome: z.enum(closeOutcomes).optional(),
  level: z.enum(draftLevels).optional(),
  ...signFields,
  curatorId: z.union([z.uuid(), z.literal(later)]).optional(),
  by: z.enum(deciders).optional(),
  ...wordFields,
  /** A word that is not required is being asked for. */
  adding: z.enum(allWords).optional(),
  problem: z.string().optional(),
})

type State = StateOf<'decide'>

/**
 * The answer to a request: accepted, with level and curator, or closed in words. A question at a time, then what the family
 * will read, then it is done for good.
 */
export const decideScreen = defineScreen({
  name: 'decide',
  state: decideState,
  varies: ['problem', 'ticked', 'signPage'],
  links: {
    decide: byId(async ({ deps, who }, requestId) => {
      await requestToActOn(deps.database, { staff: who?.staff, requestId, right: 'decide' })
      return { to: { name: 'decide', requestId } }
    }),
  },
  afterCommit: (_, { requestId }) => ({ name: 'case', requestId }),
  draw: async (turn, state) => {
    const { deps, who, now, builder } = turn
    const { requestId } = state
    const request = await requestToActOn(deps.database, { staff: who?.staff, requestId, right: 'decide' })
    const signs = signsCard(builder, state, deps.region)
    if (signs) return signs
    const family = await sayOfFamily(turn, request.personId)
    const curators = state.outcome === 'support-agreed' ? await curatorsFor(deps.database, request, now) : []
    return decideView(builder, {
      ...draftFacts(state, now),
      request,
      state,
      family,
      curators,
      proposal: proposeLevel(deps.region, state.ticked ?? []),
      away: await absentAt(deps.database, now),
      specialist: who?.staff ?? null,
      contact: deps.organisation.contact,
      region: deps.region,
      now,
    })
  },
  tap: async (turn, state, tap) => {
    const signs = tapOnSigns(state, tap, turn.deps.region)
    if (signs) return { to: signs }
    if (tap.action === 'back') return back(state)
    if (tap.action === 'yes') return conclude(turn, state)
    if (tap.action === 'no') return { to: { name: 'case', requestId: state.requestId } }
    if (tap.action === 'change') return { to: { ...state, by: otherBy(state) } }
    if (tap.action === 'write') return add(state, tap.arg)
    return tap.action === 'set' ? choose(turn, state, tap.arg) : null
  },
  words: ({ deps }, state, text) => {
    if (lacksLevelReason(state, deps.region)) return { to: withLevelReason(state, text) }
    const asked = askedWord(state)
    if (!asked) return null
    if (countCharacters(text) > longestDecisionText) return { to: { ...state, problem: 'decision-too-long' } }
    return { to: answered(state, { [asked]: text }) }
  },
})

/** What is asked now; once nothing is missing, the decision as it would be made. */
const draftFacts = (state: State, now: Date) => {
  const { outcome, adding } = state
  const next = nextDecisionStep(state)
  const step = adding ? { ask: 'word' as const, word: adding } : next
  const whole = outcome !== undefined && next.ask === 'confirm'
  return {
    step,
    outcomes: closeOutcomes,
    levels: draftLevels,
    decision: whole ? { outcome, by: decidedBy(state), words: wordsOf(state, outcome), at: now } : null,
    toAdd: whole ? wordsToAdd(outcome, state) : [],
  }
}

/** The word that the card asks for; null if it asks for something else. */
const askedWord = (state: State): DecisionWord | null => {
  if (state.adding) return state.adding
  const step = nextDecisionStep(state)
  return step.ask === 'word' ? step.word : null
}

const answered = ({ adding: _, problem: __, ...state }: State, answer: Partial<State>): State => ({
  ...state,
  ...answer,
})

const back = (state: State): Step => {
  const { requestId, by, adding, problem: _, name, ...draft } = state
  if (adding) return { to: { ...draft, name, requestId, ...(by && { by }) } }
  const before = stepBack(draft)
  return { to: before ? { ...before, name, requestId } : { name: 'case', requestId } }
}

const decidedBy = ({ by, outcome }: State): Decider =>
  by ?? (outcome ? decisionRules[outcome].by : 'specialist')
const otherBy = (state: State): Decider => (decidedBy(state) === 'commission' ? 'specialist' : 'commission')

const add = (state: State, arg: string): Step | null => {
  const adding = state.outcome && wordsToAdd(state.outcome, state).find((one) => one === arg)
  return adding ? { to: { ...state, adding } } : null
}

const choose = async (turn: Turn, state: State, arg: string): Promise<Step | null> => {
  const asked = askedWord(state)
  if (asked) {
    const person = await personOfRequest(turn, state.requestId)
    const text = person && state.outcome && readyText(person, state.outcome, asked, arg)
    return text ? { to: answered(state, { [asked]: text }) } : null
  }
  const { ask } = nextDecisionStep(state)
  const outcome = ask === 'outcome' && closeOutcomes.find((one) => one === arg)
  if (outcome) return { to: answered(state, { outcome }) }
  const level = ask === 'level' && draftLevels.find((one) => one === arg)
  if (level) return { to: answered(withoutReason(state), { level }) }
  const curatorId = ask === 'curator' && (arg === later ? later : z.uuid().safeParse(arg).data)
  return curatorId ? { to: answered(state, { curatorId }) } : null
}

/** A reason belongs to the level that it was given for. */
const withoutReason = ({ levelReason: _, ...state }: State): State => state

const conclude = async (turn: Turn, state: State): Promise<Step | null> => {
  const { deps, who, now, say } = turn
  const { requestId, outcome, level, curatorId } = state
  if (lacksLevelReason(state, deps.region)) return null
  if (!outcome || state.adding || nextDecisionStep(state).ask !== 'confirm') return null
  const decided = await turn.once(async (tx) => {
    await decideCase(tx, deps, {
      ...{ staff: who?.staff, requestId, outcome, decidedBy: decidedBy(state), now },
      words: wordsOf(state, outcome),
      level: level === undefined || level === later ? null : level,
      curatorId: curatorId === undefined || curatorId === later ? null : curatorId,
    })
    const chosen = chosenLevel(state)
    if (chosen)
      await keepSignsOfRequest(tx, deps, { requestId, by: { staffId: who?.staff?.id }, now, ...chosen })
    return { family: await familyOfRequest(tx, requestId), request: await findRequest(tx, requestId) }
  })
  const { family, request } = decided
  const done = family ? say.t('decide.accepted', { number: family.number }) : say.t('decide.closed')
  const told = request && (unreadLine(say, request) ?? say.t(`decide.seen.${readerOf(request)}`))
  const notice = [done, told].filter(Boolean).join(' ')
  return { to: { name: 'case', requestId }, notice }
}

const personOfRequest = async (turn: Turn, requestId: string) => {
  const { deps, who } = turn
  const of = { staff: who?.staff, requestId, right: 'decide' as const }
  return sayOfFamily(turn, (await requestToActOn(deps.database, of)).personId)
}

/** The family's language and form of address, in which it reads the decision. */
const sayOfFamily = async ({ deps }: Turn, personId: string) => {
  const person = await personOf(deps.database, personId)
  return deps.texts.for(person?.language ?? 'ru', person?.address ?? 'adult')
}

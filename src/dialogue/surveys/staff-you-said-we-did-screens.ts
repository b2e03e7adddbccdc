import { cleanText, countCharacters } from '#core/words.ts'
import { DomainError } from '#core/errors.ts'
import type { Screen, Step, Turn } from '#dialogue/screen.ts'
import type { ScreenState } from '#dialogue/session.ts'
import { createPen } from '#dialogue/card-builder.ts'
import { tellSurveyView, tellToldView, tellWhomView, tellWordsView } from './staff-you-said-we-did-view.ts'
import { publishSaidDone, takeBackSaidDone } from '#features/surveys/you-said-we-did.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { wordsFor } from '#features/surveys/spoken-questions.ts'
import { findYouSaidWeDid } from '#storage/surveys/you-said-we-did.ts'
import { newestSurveys } from '#storage/surveys/surveys.ts'

// A supervisor tells families what came of their answers: which survey, what was said, what was done, to whom.

/** So long each half may be: three items stand on a card. */
const longest = 300
/** The answers of so many months are what it follows from. */
const months = 3

/** Throws `not-found` for anybody but a supervisor. */
const supervisorOf = ({ who }: Turn) => {
  if (!who?.staff?.active || who.staff.role !== 'supervisor') throw new DomainError('not-found')
  return who.staff
}

const penOf = ({ say, session }: Turn) => createPen(say, session.revision)

export const tellSurveyScreen: Screen<'tell-survey'> = {
  draw: async (turn) => {
    supervisorOf(turn)
    const reader = { language: turn.say.language, minor: false }
    const surveys = (await newestSurveys(turn.deps.database)).map(({ survey: { code, title } }) => ({
      code,
      title: wordsFor(title, reader),
    }))
    return tellSurveyView(penOf(turn), surveys)
  },
  tap: (_, __, tap) => {
    if (tap.action === 'back') return { to: { name: 'results' } }
    return tap.action === 'set' ? { to: { name: 'tell-said', survey: tap.arg } } : null
  },
}

export const tellSaidScreen: Screen<'tell-said'> = {
  draw: (turn, { problem }) => {
    supervisorOf(turn)
    return tellWordsView(penOf(turn), { what: 'said', longest, problem: problem !== undefined })
  },
  tap: (_, __, tap) => (tap.action === 'back' ? { to: { name: 'tell-survey' } } : null),
  words: (_, state, text) => {
    const said = halfOf(text)
    const { survey } = state
    return { to: said === null ? { ...state, problem: 'too-long' } : { name: 'tell-done', survey, said } }
  },
}

export const tellDoneScreen: Screen<'tell-done'> = {
  draw: (turn, { problem }) => {
    supervisorOf(turn)
    return tellWordsView(penOf(turn), { what: 'done', longest, problem: problem !== undefined })
  },
  tap: (_, { survey }, tap) => (tap.action === 'back' ? { to: { name: 'tell-said', survey } } : null),
  words: (_, { problem: __, ...state }, text) => {
    const done = halfOf(text)
    if (done === null) return { to: { ...state, problem: 'too-long' } }
    return { to: { ...state, name: 'tell-whom', done } }
  },
}

export const tellWhomScreen: Screen<'tell-whom'> = {
  draw: (turn, { said, done }) => {
    const { territories } = supervisorOf(turn)
    const { region } = turn.deps
    return tellWhomView(penOf(turn), {
      said,
      done,
      territories,
      everybody: servesAll(turn),
      region: region.code,
    })
  },
  tap: (turn, state, tap) => {
    const { survey, said } = state
    if (tap.action === 'back') return { to: { name: 'tell-done', survey, said } }
    return tap.action === 'set' ? publish(turn, state, tap.arg) : null
  },
}

export const tellToldScreen: Screen<'tell-told'> = {
  draw: async (turn, { itemId }) => {
    supervisorOf(turn)
    const item = await findYouSaidWeDid(turn.deps.database, itemId)
    if (!item) throw new DomainError('not-found')
    return tellToldView(penOf(turn), { ...item, back: item.withdrawnAt !== null })
  },
  tap: async (turn, { itemId }, tap) => {
    if (tap.action === 'back') return { to: { name: 'results' } }
    if (tap.action !== 'withdraw') return null
    const by = publisherOf(turn)
    await turn.once((tx) => takeBackSaidDone(tx, { id: itemId, by, now: turn.now }))
    return { to: { name: 'tell-told', itemId } }
  },
}

type Whole = Extract<ScreenState, { name: 'tell-whom' }>

const publish = async (turn: Turn, { survey, said, done }: Whole, where: string): Promise<Step | null> => {
  const everybody = where === 'all'
  if (everybody && !servesAll(turn)) return null
  const today = dayAt(turn.now, turn.deps.region.timeZone)
  const item = {
    surveyCode: survey,
    from: today.subtract({ months }).toString(),
    until: today.toString(),
    territory: everybody ? null : where,
    ...{ said, done, saidEn: null, doneEn: null },
  }
  const by = publisherOf(turn)
  const { id } = await turn.once((tx) =>
    publishSaidDone(tx, { item, by, timeZone: turn.deps.region.timeZone, now: turn.now }),
  )
  return { to: { name: 'tell-told', itemId: id } }
}

const publisherOf = (turn: Turn) => {
  const { id: staffId, territories } = supervisorOf(turn)
  return { staffId, territories: servesAll(turn) ? ('all' as const) : territories }
}

const servesAll = (turn: Turn): boolean => {
  const { territories } = supervisorOf(turn)
  return turn.deps.region.territories.every(({ code }) => territories.includes(code))
}

/** Null: too long, or no words at all. */
const halfOf = (text: string): string | null => {
  const clean = cleanText(text)
  return clean === '' || countCharacters(clean) > longest ? null : clean
}

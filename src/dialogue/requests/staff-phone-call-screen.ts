import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { countCharacters } from '#core/words.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import type { StateOf } from '#dialogue/registry.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import type { View } from '#dialogue/view.ts'
import { longestStory } from '#features/intake/answers.ts'
import { readPhone } from '#features/intake/typed/typed-phone.ts'
import { longestWhere, registerCall } from '#features/requests/register-call.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'phone-call': z.infer<typeof phoneCallState>
  }
  interface Links {
    'phone-call': 'phone-call'
  }
}

const noPhone = 'none'

const phoneCallState = z.object({
  where: z
    .string()
    .max(longestWhere * 2)
    .optional(),
  what: z
    .string()
    .max(longestStory * 2)
    .optional(),
  /** In E.164, or `none`. */
  phone: z.string().max(20).optional(),
  minor: z.literal(true).optional(),
  problem: z.string().optional(),
})

type State = StateOf<'phone-call'>
const name = 'phone-call' as const

/** An urgent call in three questions, while somebody is on the phone: who and where, what, which number. */
export const phoneCallScreen = defineScreen({
  name,
  state: phoneCallState,
  varies: ['problem'],
  links: { [name]: ({ who }) => ({ to: { name: who?.staff?.active ? name : 'home' } }) },
  commands: {
    call: {
      description: 'phoneCall.button',
      menus: { staff: 6 },
      run: ({ who, say }) =>
        who?.staff?.active
          ? { to: { name } }
          : { to: { name: 'home' }, notice: say.t('card.unknownCommand') },
    },
  },
  afterCommit: () => ({ name: 'home' }),
  draw: ({ who, builder }, state) => {
    if (!who?.staff?.active) throw new DomainError('not-found')
    return callView(builder, state)
  },
  tap: (turn, { problem: _, ...state }, tap) => {
    if (tap.action === 'back') return back(state)
    if (tap.action === 'no') return { to: { name: 'home' } }
    if (tap.action === 'skip' && asked(state) === 'phone') return { to: { ...state, phone: noPhone } }
    if (tap.action === 'change') {
      const { minor, ...rest } = state
      return { to: minor ? rest : { ...rest, minor: true } }
    }
    return tap.action === 'yes' ? register(turn, state) : null
  },
  words: (_, { problem: __, ...state }, text) => {
    const question = asked(state)
    if (question === null) return null
    if (question === 'phone') {
      const read = readPhone(text)
      const phone = read.kind === 'ok' ? read.phone : read.kind === 'ask' ? read.phones[0] : undefined
      if (phone !== undefined) return { to: { ...state, phone } }
      return { to: read.kind === 'none' ? { ...state, phone: noPhone } : { ...state, problem: 'unread' } }
    }
    const longest = question === 'where' ? longestWhere : longestStory
    if (countCharacters(text) > longest) return { to: { ...state, problem: 'tooLong' } }
    return { to: { ...state, [question]: text } }
  },
})

const questions = ['where', 'what', 'phone'] as const
const asked = (state: State) => questions.find((one) => state[one] === undefined) ?? null

const back = (state: State): Step => {
  const last = questions.findLast((one) => state[one] !== undefined)
  if (last === undefined) return { to: { name: 'home' } }
  const { [last]: _, ...rest } = state
  return { to: rest }
}

const callView = (builder: CardBuilder, state: State): View => {
  const { say, button } = builder
  const question = asked(state)
  const { where = '', what = '', phone = '', minor = false, problem } = state
  if (question !== null)
    return builder.card(
      name,
      paragraphs(problem && `⚠️ ${say.t(`phoneCall.${problem}`)}`, say.t(`phoneCall.${question}`)),
      question === 'phone' ? [[button(say.label('phoneCall.noPhone'), 'skip')]] : [],
    )
  const html = paragraphs(
    say.t('phoneCall.confirm'),
    say.t('phoneCall.whereLine', { where }),
    say.t('phoneCall.whatLine', { what }),
    say.t('phoneCall.phoneLine', { phone: phone === noPhone ? say.label('phoneCall.none') : phone }),
    minor && say.t('phoneCall.byMinor'),
  )
  return builder.card(
    name,
    html,
    [
      [button(say.label('phoneCall.yes'), 'yes')],
      [button(say.label(minor ? 'phoneCall.adult' : 'phoneCall.minor'), 'change')],
      [button(say.label('phoneCall.no'), 'no')],
    ],
    { confidential: true },
  )
}

const register = async (turn: Turn, state: State): Promise<Step | null> => {
  const { deps, who, say, now } = turn
  const { where, what, phone, minor = false } = state
  if (where === undefined || what === undefined || phone === undefined) return null
  const call = { where, what, phone: phone === noPhone ? null : phone, minor }
  const { number } = await turn.once((tx) => registerCall(tx, deps, { staff: who?.staff, call, now }))
  return { to: { name: 'home' }, notice: say.t('phoneCall.done', { number }) }
}

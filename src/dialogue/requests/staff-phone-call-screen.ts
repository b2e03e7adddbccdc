import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { countCharacters } from '#core/words.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import type { StateOf } from '#dialogue/registry.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import type { View } from '#dialogue/view.ts'
import { longestStory } from '#features/intake/answers.ts'
import { readPhone } from '#features/intake/typed/typed-phone.ts'
import { longestWhere, registerCall, territoryOfCall } from '#features/requests/register-call.ts'
import { otherOption } from '#features/intake/questions.ts'
import type { Region } from '#regions/schema.ts'
import { escapeHtml } from '#core/text.ts'
import { optionLabel } from '../intake/option-label-view.ts'
import { rowsOfThree } from './staff-act-view.ts'

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
  /** A code, where the words and the duties of whoever took the call do not tell. */
  territory: z.string().max(64).optional(),
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
  links: {
    [name]: ({ who, session: { before } }, arg) => {
      if (!who?.staff?.active) return { to: { name: 'home' } }
      return { to: arg === 'resume' && before?.name === name ? before : { name } }
    },
  },
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
  afterCommit: (turn) => leave(turn),
  draw: ({ deps, who, builder }, state) => {
    if (!who?.staff?.active) throw new DomainError('not-found')
    return callView(builder, state, deps.region)
  },
  tap: (turn, { problem: _, ...state }, tap) => {
    if (tap.action === 'back') return back(state)
    if (tap.action === 'no') return { to: leave(turn) }
    if (tap.action === 'skip' && asked(state) === 'phone') return { to: { ...state, phone: noPhone } }
    if (tap.action === 'change') {
      const { minor, ...rest } = state
      return { to: minor ? rest : { ...rest, minor: true } }
    }
    if (tap.action === 'set' && asked(state) === 'territory')
      return placesOf(turn.deps.region).includes(tap.arg) ? { to: { ...state, territory: tap.arg } } : null
    return tap.action === 'yes' ? register(turn, state) : null
  },
  words: ({ deps, who }, { problem: __, ...state }, text) => {
    const question = asked(state)
    if (question === null || question === 'territory') return null
    if (question === 'phone') {
      const read = readPhone(text)
      const phone = read.kind === 'ok' ? read.phone : read.kind === 'ask' ? read.phones[0] : undefined
      if (phone !== undefined) return { to: { ...state, phone } }
      return { to: read.kind === 'none' ? { ...state, phone: noPhone } : { ...state, problem: 'unread' } }
    }
    const longest = question === 'where' ? longestWhere : longestStory
    if (countCharacters(text) > longest) return { to: { ...state, problem: 'tooLong' } }
    if (question !== 'where') return { to: { ...state, [question]: text } }
    const territory = who?.staff ? territoryOfCall(text, deps.region, who.staff) : null
    return { to: { ...state, where: text, ...(territory !== null && { territory }) } }
  },
})

const questions = ['where', 'territory', 'what', 'phone'] as const

/** Codes to choose from, «elsewhere» last. */
const placesOf = ({ territories }: Region): string[] => [...territories.map(({ code }) => code), otherOption]
const asked = (state: State) => questions.find((one) => state[one] === undefined) ?? null

const back = (state: State): Step => {
  const last = questions.findLast((one) => state[one] !== undefined)
  if (last === undefined) return { to: { name: 'home' } }
  if (last === 'territory') {
    const { where: _, territory: __, ...before } = state
    return { to: before }
  }
  const { [last]: _, ...rest } = state
  return { to: rest }
}

const callView = (builder: CardBuilder, state: State, region: Region): View => {
  const { say, button } = builder
  const question = asked(state)
  const { where = '', what = '', phone = '', territory = '', minor = false, problem } = state
  const place = (code: string) => optionLabel(say, region.code, 'territory', code)
  if (question === 'territory') {
    const codes = placesOf(region)
    const lines = codes.map((code, index) => `${index + 1}. ${escapeHtml(place(code))}`)
    return builder.card(
      name,
      paragraphs(say.t('phoneCall.territory'), lines.join('\n')),
      rowsOfThree(codes.map((code, index) => button(String(index + 1), 'set', code))),
    )
  }
  if (question !== null)
    return builder.card(
      name,
      paragraphs(problem && `⚠️ ${say.t(`phoneCall.${problem}`)}`, say.t(`phoneCall.${question}`)),
      question === 'phone' ? [[button(say.label('phoneCall.noPhone'), 'skip')]] : [],
    )
  const html = paragraphs(
    say.t('phoneCall.confirm'),
    say.t('phoneCall.whereLine', { where }),
    say.t('case.territory', { territory: place(territory) }),
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

/** To the menu, with nothing that it could offer to go back to. */
const leave = ({ session }: Turn): Step['to'] => {
  session.screen = { name }
  return { name: 'home' }
}

const register = async (turn: Turn, state: State): Promise<Step | null> => {
  const { deps, who, say, now } = turn
  const { where, what, phone, territory, minor = false } = state
  if (where === undefined || what === undefined || phone === undefined) return null
  const call = { where, what, territory, phone: phone === noPhone ? null : phone, minor }
  const { number } = await turn.once((tx) => registerCall(tx, deps, { staff: who?.staff, call, now }))
  return { to: leave(turn), notice: say.t('phoneCall.done', { number }) }
}

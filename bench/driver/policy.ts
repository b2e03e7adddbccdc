import type { Button, Screen } from './telegram.ts'

/** What must be in PostgreSQL before the 200: a new revision of the draft, or the request created from it. */
export type Kept = 'draft' | 'request'

/** The next action of a virtual person. */
export type Action =
  | { kind: 'text'; text: string; keeps?: Kept }
  | { kind: 'tap'; button: Button; keeps?: Kept }
  | { kind: 'contact'; phone: string; keeps?: Kept }
  /** The questionnaire is finished; a new person fills in the next one. */
  | { kind: 'done' }

/** A person's memory of the questionnaire: how often each multi-select was toggled. */
export type Memory = Map<string, number>
export type Policy = (screen: Screen | undefined, memory: Memory) => Action

const start: Action = { kind: 'text', text: '/start' }

/** Toggles per multi-select before continuing. */
const togglesEach = 2

/** (a) has no screens: it answers «ok» to everything. */
export const sayHello: Policy = () => ({ kind: 'text', text: 'Здравствуйте' })

/**
 * (b) and (c): buttons carry `<question>:<option>`, `<question>:next`, or `submit`; a card without options asks for
 * text, identified by its first line.
 */
export const answerPeer: Policy = (screen, memory) => {
  if (!screen) return start
  const buttons = screen.rows.flat().filter((button) => button.callback_data)
  if (buttons.length === 0) return { kind: 'done' }
  const submit = buttons.find((button) => button.callback_data === 'submit')
  if (submit) return { kind: 'tap', button: submit }
  const options = buttons.filter((button) => /^\d+:\d+$/.test(button.callback_data ?? ''))
  const [first] = options
  if (!first) return { kind: 'text', text: typed(screen.text) }
  const next = buttons.find((button) => button.callback_data?.endsWith(':next'))
  if (!next) return { kind: 'tap', button: first }
  const key = next.callback_data ?? ''
  const toggled = memory.get(key) ?? 0
  memory.set(key, toggled + 1)
  return { kind: 'tap', button: toggled < togglesEach ? (options[toggled] ?? next) : next }
}

/** A valid answer to one of the four text questions, recognised by their wording. */
const typed = (question: string): string => {
  if (/год/i.test(question)) return '2014, 2017'
  if (/телефон|номер/i.test(question)) return '+7 962 400-12-34'
  if (/обращаться|зовут/i.test(question)) return 'Анна'
  return 'Дома стало трудно: ребёнок не ходит в школу, а мне не с кем посоветоваться. Что можно сделать?'
}

/** Codes of the first question: nothing may be stored before the consent that follows it. */
const applicants = ['parent', 'representative', 'minor', 'other-person']

/** A tap that can be made on the screen, by its action and argument. */
type Tap = { action: string; arg: string; button: Button }
type Find = (action: string, arg?: string) => Tap | undefined

const press = (tap: Tap | undefined, keeps?: Kept): Action | undefined =>
  tap && { kind: 'tap', button: tap.button, ...(keeps && { keeps }) }

/**
 * (d): buttons carry `<revision>.<action>.<argument>`, see `src/dialogue/callback-data.ts`. Answers every question in
 * full and skips none.
 */
export const answerOurs: Policy = (screen) => {
  if (!screen) return start
  const taps = screen.rows.flat().flatMap((button) => {
    const [, action, arg = ''] = button.callback_data?.split('.') ?? []
    return action === undefined ? [] : [{ action, arg, button }]
  })
  const find: Find = (action, arg) =>
    taps.find((tap) => tap.action === action && (arg === undefined || tap.arg === arg))

  if (find('withdraw')) return { kind: 'done' }
  // The number is shared by its button.
  if (find('set', 'telegram-only')) return { kind: 'contact', phone: '+79624001234', keeps: 'draft' }
  return (
    press(find('submit'), 'request') ??
    press(find('agree'), 'draft') ??
    press(find('yes'), 'draft') ??
    chooseMany(taps, find) ??
    // Where text is expected, a button without an argument leaves it out.
    (find('skip', '') ? undefined : chooseOne(find)) ??
    press(find('ask')) ?? { kind: 'text', text: typed(screen.text), keeps: 'draft' }
  )
}

/** Ticks what is offered, else in the first topic, and confirms; «I do not know» would answer at once. */
const chooseMany = (taps: readonly Tap[], find: Find): Action | undefined => {
  const ticked = taps.filter(({ action }) => action === 'untick').length
  const open = taps.find(({ action, arg }) => action === 'tick' && arg !== 'unknown')
  if (open && ticked < togglesEach) return press(open)
  return press(find('done'), 'draft') ?? press(find('page', '1'))
}

/** The first option, but nobody is in danger, which would take the short way. */
const chooseOne = (find: Find): Action | undefined => {
  const chosen = find('set', 'no') && !find('set', 'yes') ? find('set', 'no') : find('set')
  return press(chosen, applicants.includes(chosen?.arg ?? '') ? undefined : 'draft')
}

import type { Button, Screen } from './telegram.ts'

/** What a virtual person does next; `answers`: a question of the intake is answered by it and must be kept. */
export type Action =
  | { kind: 'text'; text: string; answers?: boolean }
  | { kind: 'tap'; button: Button; answers?: boolean }
  | { kind: 'contact'; phone: string; answers?: boolean }
  /** The questionnaire is finished; the next one is filled in by somebody new. */
  | { kind: 'done' }

/** What one person remembers of this questionnaire: how often each multi-select was toggled. */
export type Memory = Map<string, number>
export type Policy = (screen: Screen | undefined, memory: Memory) => Action

const start: Action = { kind: 'text', text: '/start' }

/** Toggles are tapped this often before going on. */
const togglesEach = 2

/** (a) has no screens: it answers «ok» to whatever is said. */
export const sayHello: Policy = () => ({ kind: 'text', text: 'Здравствуйте' })

/**
 * (b) and (c): buttons carry `<question>:<option>`, `<question>:next`, or `submit`; a card without
 * options asks for text, named by its first line.
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

/** Something that fits the question: its words say which of the four it is. */
const typed = (question: string): string => {
  if (/год/i.test(question)) return '2014, 2017'
  if (/телефон|номер/i.test(question)) return '+7 962 400-12-34'
  if (/обращаться|зовут/i.test(question)) return 'Анна'
  return 'Дома стало трудно: ребёнок не ходит в школу, а мне не с кем посоветоваться. Что можно сделать?'
}

/** (d): finished by what stands in the product's callback data. */
export const answerOurs: Policy = () => {
  throw new Error('Not written before the product is there')
}

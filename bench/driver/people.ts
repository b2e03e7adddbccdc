import type { Answer, Poster } from './http-client.ts'
import type { Action, Memory, Policy } from './policy.ts'
import type { FakeTelegram, Screen } from './telegram.ts'

/** A virtual person with a chat; after a finished questionnaire it becomes the next person. */
export type Person = { chat: number; memory: Memory; draws: number; unheard: number }

export type Step = { person: Person; action: Action; answer: Answer; milliseconds: number; drawn: boolean }

export type Crowd = {
  newPerson(): Person
  /** Reads the screen, acts and waits for the webhook's response; latency is measured from `since`. */
  act(person: Person, since?: number): Promise<Step>
  /** Webhooks not answered with 200, finished questionnaires, and taps after which nothing was drawn. */
  figures: { refused: number; finished: number; undrawn: number }
}

/**
 * A person leaves after this many taps without a new screen: the session is lost, and further taps would count as
 * work.
 */
const patience = 3

/** Chat ids are never reused, not even by the next run against the same Redis. */
let lastChat = 5_000_000_000 + (Date.now() % 1_000_000_000) * 4
let lastUpdate = 700_000_000
let lastMessage = 500_000

export const createCrowd = (telegram: FakeTelegram, poster: Poster, policy: Policy): Crowd => {
  const figures = { refused: 0, finished: 0, undrawn: 0 }
  const renew = (person: Person) => {
    telegram.forget(person.chat)
    person.chat = ++lastChat
    person.memory.clear()
    person.draws = 0
    person.unheard = 0
  }
  const decide = (person: Person): { action: Action; screen: Screen | undefined } => {
    for (;;) {
      const screen = telegram.screen(person.chat)
      const action = policy(screen, person.memory)
      if (action.kind !== 'done') return { action, screen }
      figures.finished++
      renew(person)
    }
  }
  return {
    figures,
    newPerson: () => ({ chat: ++lastChat, memory: new Map(), draws: 0, unheard: 0 }),
    act: async (person, since) => {
      const { action, screen } = decide(person)
      const json = updateOf(person.chat, action, screen)
      const started = since ?? performance.now()
      const answer = await poster.post(json)
      const milliseconds = performance.now() - started
      if (answer.status !== 200) figures.refused++
      if (answer.body !== '') telegram.applyReply(answer.body)
      const draws = telegram.screen(person.chat)?.draws ?? 0
      const drawn = draws !== person.draws
      person.draws = draws
      person.unheard = drawn ? 0 : person.unheard + 1
      if (!drawn) figures.undrawn++
      if (person.unheard === patience) renew(person)
      return { person, action, answer, milliseconds, drawn }
    },
  }
}

/** The update as Telegram sends it, including the whole tapped message. */
const updateOf = (chat: number, action: Action, screen: Screen | undefined): string => {
  const from = `{"id":${chat},"is_bot":false,"first_name":"Анна","username":"anna_bench","language_code":"ru"}`
  const place = `{"id":${chat},"first_name":"Анна","username":"anna_bench","type":"private"}`
  const date = Math.floor(Date.now() / 1000)
  const update = `{"update_id":${++lastUpdate},`
  if (action.kind === 'tap') {
    const card =
      `{"message_id":${screen?.messageId ?? 0},"from":{"id":1000001,"is_bot":true,"first_name":"Bench","username":"bench_bot"},` +
      `"chat":${place},"date":${date},"text":${JSON.stringify(screen?.text ?? '')},` +
      `"reply_markup":{"inline_keyboard":${JSON.stringify(screen?.rows ?? [])}}}`
    return (
      `${update}"callback_query":{"id":"${lastUpdate}","from":${from},"message":${card},` +
      `"chat_instance":"${chat}","data":${JSON.stringify(action.button.callback_data)}}}`
    )
  }
  const head = `${update}"message":{"message_id":${++lastMessage},"from":${from},"chat":${place},"date":${date},`
  if (action.kind === 'contact')
    return `${head}"contact":{"phone_number":"${action.phone}","first_name":"Анна","user_id":${chat}}}}`
  const text = action.kind === 'text' ? action.text : ''
  const command = text.startsWith('/')
    ? `,"entities":[{"offset":0,"length":${text.length},"type":"bot_command"}]`
    : ''
  return `${head}"text":${JSON.stringify(text)}${command}}}`
}

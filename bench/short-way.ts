import { createClient } from '#sandbox/talk/client.ts'
import type { MessageView } from '#sandbox/protocol.ts'
import { runApp } from '#test/browser/running-app.ts'
import { frightened, type Shown, secondsOf, wordsAnew, wordsInHurry } from '#test/support/pace.ts'

// The short way of somebody in danger, over the sandbox's HTTP: at most six taps, nothing typed, thirty seconds.
// Measured: the bot's time from each tap to its card. Modelled: reading and tapping, see test/support/pace.ts.
// npm run bench:short-way [-- --rounds 5]

const limits = { taps: 6, seconds: 30 }
const rounds = Number(/--rounds (\d+)/.exec(process.argv.join(' '))?.[1] ?? 5)

type Way = {
  name: string
  language?: 'en'
  words: string | null
  before: readonly string[]
  taps: readonly string[]
}

const ways: readonly Way[] = [
  {
    name: 'parent, «Да, сейчас»',
    words: null,
    before: ['Попросить о помощи', 'Родитель', 'Даю согласие', 'Пропустить'],
    taps: ['Да, сейчас', 'Передать центру сейчас', 'Ленинский район', 'Нет, лучше не писать', 'Да, прошу'],
  },
  {
    name: 'minor, words on the menu',
    words: 'отчим бьёт меня',
    before: [],
    taps: [
      'Передать центру сейчас',
      'Мне меньше 18',
      'Да, разрешаю',
      'Ленинский район',
      'Да, можно',
      'Да, хочу',
    ],
  },
  {
    name: 'parent in English, “Yes, now”',
    language: 'en',
    words: null,
    before: ['Ask for help', 'A parent', 'I consent', 'Skip'],
    taps: ['Yes, now', 'Tell the centre now', 'Leninsky', 'No, not safe', 'Yes, please'],
  },
  {
    name: 'minor in English, words on the menu',
    language: 'en',
    words: 'my stepdad hits me',
    before: [],
    taps: ['Tell the centre now', 'under 18', 'I agree', 'Leninsky', 'Yes, safe', 'Yes, please'],
  },
]

type Round = { bot: number; all: number; hurry: number; slowest: number }

const app = await runApp()
const client = createClient(app.url)

const newest = async (person: number): Promise<MessageView> => {
  const card = (await client.state()).chats[person]?.messages.findLast(
    ({ inlineKeyboard }) => inlineKeyboard.length > 0,
  )
  if (!card) throw new Error('there is no card')
  return card
}

const shown = ({ text, entities, inlineKeyboard }: MessageView): Shown => ({
  text,
  entities,
  labels: inlineKeyboard.flat().map((button) => button.text),
})

/** Taps, and returns how long the bot took until everything was drawn (ms). */
const tap = async (person: number, label: string): Promise<number> => {
  const card = await newest(person)
  const data = card.inlineKeyboard.flat().find(({ text }) => text.includes(label))?.data
  if (data === undefined) throw new Error(`no «${label}» at: ${card.text}`)
  const begin = performance.now()
  await client.tap(person, card.id, data)
  await client.idle()
  return performance.now() - begin
}

const play = async ({ language, words, before, taps }: Way, nth: number): Promise<Round> => {
  const phone = `+7900333${String(nth).padStart(4, '0')}`
  const { id } = await client.addPerson({ firstName: 'Лена', languageCode: language ?? 'ru', phone })
  await client.does(id, 'text', { text: '/start' })
  await client.idle()
  if (words !== null) await client.does(id, 'text', { text: words })
  await client.idle()
  for (const label of before) await tap(id, label)
  let [bot, all, hurry, slowest] = [0, 0, 0, 0]
  let last: Shown | null = null
  for (const label of taps) {
    const card = shown(await newest(id))
    all += wordsAnew(card, last)
    hurry += wordsInHurry(card, label)
    last = card
    const took = await tap(id, label)
    bot += took
    slowest = Math.max(slowest, took)
  }
  const end = (await newest(id)).text
  if (!/Принято|Received/.test(end)) throw new Error(`not sent: ${end}`)
  return { bot: bot / 1000, all, hurry, slowest }
}

const print = (what: string, held: boolean, figure: string): void =>
  void process.stdout.write(`${held ? '✓' : '✗'} ${what}: ${figure}\n`)

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

try {
  const { wordsPerMinute, tapSeconds } = frightened
  process.stdout.write(`model: ${wordsPerMinute} words a minute, ${tapSeconds} s a tap; ${rounds} rounds\n`)
  for (const [index, way] of ways.entries()) {
    const played: Round[] = []
    for (let nth = 0; nth < rounds; nth += 1) played.push(await play(way, index * 100 + nth))
    const bot = median(played.map((round) => round.bot))
    const slowest = Math.max(...played.map((round) => round.slowest))
    const { all, hurry } = played[0] ?? { all: 0, hurry: 0 }
    const taps = way.taps.length
    const hurried = secondsOf({ words: hurry, taps }, frightened) + bot
    const whole = secondsOf({ words: all, taps }, frightened) + bot
    print(`${way.name}, taps`, taps <= limits.taps, `${taps} (aim ≤ ${limits.taps}), nothing typed`)
    print(
      `${way.name}, what is asked and the buttons`,
      hurried <= limits.seconds,
      `${hurried.toFixed(1)} s (aim ≤ ${limits.seconds} s): ${hurry} words, bot ${bot.toFixed(2)} s, slowest card ${slowest.toFixed(0)} ms`,
    )
    print(`${way.name}, every new word`, whole <= limits.seconds, `${whole.toFixed(1)} s: ${all} words`)
  }
} finally {
  await app.stop()
}

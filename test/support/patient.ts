import { expect } from 'vitest'
import { openContact, openContent } from '#features/requests/request-content.ts'
import type { Database } from '#storage/database.ts'
import type { Sealer } from '#storage/seal.ts'
import type { Chat, Deed } from './chat.ts'
import { done, ticks } from './intake.ts'
import { screenPattern } from './screens.ts'
import { storedAccount } from './accounts.ts'

/** A patient person's answer for every screen: a parent in Stavropol's Leninsky district. */
const deeds: Record<string, Deed> = {
  'question.applicant': 'Родитель',
  'question.personalData': 'Даю согласие',
  'question.danger': 'Нет',
  'question.territory': 'Ставрополь, Ленинский район',
  'question.circumstances': tickThenDone(
    'Ребёнку трудно среди людей',
    ticks('Ребёнок: чувства и поведение', 'Ребёнку трудно среди людей'),
  ),
  'question.helpKinds': tickThenDone('Помощь психолога'),
  'question.children': { words: '2014, 2018' },
  'question.ownWords': { words: 'Сын не выходит из комнаты.' },
  'question.name': { words: 'Ольга' },
  'question.phone': (chat) => chat.shareContact(),
  'question.safeContact': 'Писать и звонить',
  'question.hours': 'С 15 до 18',
  'question.supportRequest': 'Да, прошу о помощи',
  'question.dataSharing': 'Да, можно',
  summary: 'Отправить',
  home: (chat) => chat.tap(onHome(chat)),
}

/** The exact content that the request must have afterwards. */
const expected = {
  content: {
    applicant: 'parent',
    danger: 'no',
    territory: 'leninsky',
    circumstances: 1,
    helpKinds: 1,
    children: [2014, 2018],
    ownWords: 'Сын не выходит из комнаты.',
  },
  contact: { name: 'Ольга', hours: 1, safeToCall: 'yes', safeToWrite: 'yes' },
}

function tickThenDone(label: string, tick: Deed = (chat) => chat.tap(label)): Deed {
  return (chat) => act(chat.text().includes(`Отмечено: ${label}`) ? done : tick, chat)
}

const act = (deed: Deed, chat: Chat): unknown => (typeof deed === 'function' ? deed(chat) : undefined)

const onHome = (chat: Chat): string => {
  const labels = chat.buttons(chat.card()).map(({ text }) => text)
  return (
    ['Что с обращением', 'Продолжить', 'Попросить о помощи'].find((label) => labels.includes(label)) ?? ''
  )
}

const mostDeeds = 250

/**
 * Completes the questionnaire although the bot keeps crashing: reads the newest card, does what it asks, and
 * retries if nothing happens. Stops at the screen `until`, if given. Returns the
 * number of the request.
 */
export const submitPatiently = async (chat: Chat, until?: string): Promise<string> => {
  await chat.start()
  for (let count = 0; count < mostDeeds; count += 1) {
    const text = chat.text()
    const number = /\d{4}-\d{6}/.exec(text)?.[0]
    if (number && screenPattern('status').test(text)) return number
    if (until !== undefined && screenPattern(until).test(text)) return ''
    const screen = Object.keys(deeds).find((name) => screenPattern(name).test(text))
    const deed = screen === undefined ? '/menu' : (deeds[screen] ?? '/menu')
    if (typeof deed === 'function') await deed(chat)
    else if (typeof deed === 'object') await chat.say(deed.words)
    else if (deed.startsWith('/')) await chat.say(deed)
    else await chat.tap(deed)
  }
  throw new Error(`no number after ${mostDeeds} deeds; the card says: ${chat.text()}`)
}

/** Expects every request number ever shown in a chat to exist. */
export const expectTruth = async (database: Database, chats: readonly Chat[]): Promise<void> => {
  for (const chat of chats) {
    for (const [number] of chat.allText().matchAll(/\d{4}-\d{6}/g)) {
      expect(await database.prisma.request.count({ where: { number } }), `${number} was promised`).toBe(1)
    }
  }
}

/**
 * The story without what else the person said meanwhile: words to a card that a dead process had not drawn, or whose
 * session was lost, join the story. Nothing stands there that was not said.
 */
const withoutAsides = (story: string | null | undefined, chat: Chat): string => {
  const said = chat
    .messages()
    .flatMap(({ by, text, contact }) =>
      by === 'person' ? [text, contact && `Контакт: ${contact.first_name}, ${contact.phone_number}`] : [],
    )
  const lines = (story ?? '').split('\n')
  expect(lines.filter((line) => !said.includes(line))).toEqual([])
  return lines.includes(expected.content.ownWords) ? expected.content.ownWords : (story ?? '')
}

/**
 * Expects the person to have exactly one request, with exactly the given answers, and no draft. `asides`: other things that
 * they said may stand in the story besides.
 */
export const expectOneRequest = async (
  database: Database,
  sealer: Sealer,
  chat: Chat,
  { asides = false } = {},
): Promise<void> => {
  const person = await database.prisma.person.findUniqueOrThrow({
    where: { account: storedAccount(chat, sealer) },
    include: { requests: true, draft: true },
  })
  expect(person.draft).toBeNull()
  expect(person.requests).toHaveLength(1)
  const row = person.requests[0] as Parameters<typeof openContent>[1] | undefined
  if (!row) return
  const { circumstances, helpKinds, ownWords, ...content } = openContent(sealer, row)
  const story = asides ? withoutAsides(ownWords, chat) : ownWords
  expect({
    ...content,
    ownWords: story,
    circumstances: circumstances?.length,
    helpKinds: helpKinds?.length,
  }).toEqual(expected.content)
  const { hours, phone, ...contact } = openContact(sealer, row)
  expect({ ...contact, hours: hours?.length }).toEqual(expected.contact)
  expect(phone).toMatch(/^\+7900/)
}

import { expect } from 'vitest'
import type { Chat } from './chat.ts'
import { adultSubmits, minorAnswers, minorSubmits, parentAnswers } from './intake.ts'
import { openOffice } from './office.ts'
import { makeDue } from './rows.ts'
import { quiet } from './quiet.ts'
import { openWorld, type World, type WorldOptions } from './world.ts'

/** How somebody asks together, and how the other gets in: what differs between the two directions. */
export const directions = {
  teenager: {
    submits: [...minorAnswers('Да, можно', { birthDate: '12.03.2014' }), ...minorSubmits],
    button: 'Вместе с мамой или папой',
    starter: { firstName: 'Даша' },
    joiner: { firstName: 'Марина' },
    agrees: ['Даю согласие', 'Да, согласие даю'],
    asked: /Даша просит помощи/,
  },
  parent: {
    submits: [...parentAnswers(), ...adultSubmits],
    button: 'Вместе с ребёнком',
    starter: { firstName: 'Ольга' },
    joiner: { firstName: 'Лиза' },
    agrees: ['Да, разрешаю', 'Да, хочу помощи'],
    asked: /Ольга просит помощи/,
  },
} as const
export type Direction = keyof typeof directions

/** The payload of the latest link in a chat: what Telegram sends when it is opened. */
export const payloadIn = (chat: Chat): string => {
  const found = chat
    .messages()
    .map(({ text, caption }) => /\?start=(w_[\w-]{22})/.exec(text ?? caption ?? '')?.[1])
    .findLast((payload) => payload !== undefined)
  if (!found) throw new Error('no link in the chat')
  return found
}

/** Somebody has submitted a request, and made a link. */
export const openTogether = async (from: Direction, options: WorldOptions = {}) => {
  const world = await openWorld({ at: '2026-11-24T07:00:00Z', ...options })
  const anna = await world.staff('Анна', ['leninsky'])
  return { world, anna, ...(await beginTogether(world, from)) }
}

/** The same in a world that is there already. */
export const beginTogether = async (
  world: { database: World['database']; person: (options: { firstName: string }) => Chat },
  from: Direction,
) => {
  const of = directions[from]
  const starter = world.person(of.starter)
  await starter.play(of.submits)
  const { id: requestId, number } = await world.database.prisma.request.findFirstOrThrow()
  await starter.play([
    [of.button, /Попросить вместе/],
    ['Сделать ссылку', /Как назвать/],
    [of.starter.firstName, /Ждём ответа/],
  ])
  return { starter, requestId, number, of, payload: payloadIn(starter) }
}

/** Opens the link and agrees, up to the name. */
export const answers = async (
  chat: Chat,
  payload: string,
  { agrees, name }: { agrees: readonly string[]; name: string },
): Promise<void> => {
  await chat.start(payload)
  await chat.tap('Дальше')
  for (const label of agrees) await chat.tap(label)
  await chat.say(name)
}

/** What ends by itself is looked for, as it is once a minute. */
export const minutePasses = async (world: World): Promise<void> => {
  const office = await openOffice(world)
  await office.does((tx, { enqueue }) => enqueue(tx, 'together-ends', {}))
  await makeDue(world.database, 'together-ends')
  await expect
    .poll(
      () =>
        world.database.prisma.$queryRaw<unknown[]>`
        SELECT 1 FROM pgboss.job WHERE name = 'together-ends' AND state <= 'active'`,
      { timeout: 30_000, interval: 50 },
    )
    .toEqual([])
  await quiet(world.telegram, world.database)
}

/** Sends the pushes that are due now. */
export const pushed = async (world: World): Promise<void> => {
  await makeDue(world.database, 'push')
  await quiet(world.telegram, world.database)
}

/** How many lines that say nothing a chat has got. */
export const news = (chat: Chat): number =>
  chat.messages().filter(({ by, text }) => by === 'bot' && text?.includes('новое сообщение')).length

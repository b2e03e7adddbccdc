import { expect, inject, test } from 'vitest'
import { createSessions } from '#channels/telegram/sessions.ts'
import { createLog } from '#core/log.ts'
import { createSealer } from '#storage/seal.ts'
import { deleteExpiredData } from '#workers/retention.ts'
import { adultSubmits, done, parentAnswers, submitAsParent, upTo } from '#test/support/intake.ts'
import { rowsOf } from '#test/support/rows.ts'
import { openWorld, testKeys, type World } from '#test/support/world.ts'

const tuesday = '2026-11-24T09:00:00Z'
const day = 24 * 60 * 60 * 1000

/** Drops all screens, as after 48 hours or a loss of Redis: with in-memory sessions a restart is enough. */
const loseSessions = async (world: World, ...ids: number[]) => {
  await world.restart()
  if (inject('database') !== 'postgres') return
  const sessions = await createSessions(world.config.redisUrl, createSealer(testKeys), createLog('silent'))
  for (const id of ids) await sessions.storage.delete(`telegram:${id}`)
  await sessions.close()
}

test('a draft outlives its screen: the menu offers to continue, an old button has no effect', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await olga.play([...upTo(parentAnswers(), 'question.helpKinds'), ['Помощь психолога', /Отмечено/]])
  const old = olga.card()
  await loseSessions(world, olga.id)
  const { text } = (await olga.tap('Помощь психолога', old)) as { text?: string }
  expect(text).toMatch(/устарела/)
  olga.sees('home')
  expect(olga.text()).toMatch(/Ваши ответы сохранены до 24 декабря. Продолжить\?/)
  await olga.play([
    ['Продолжить', 'question.helpKinds'],
    ['Помощь психолога', /Отмечено/],
    [done, 'question.children'],
  ])
})

test('before the first consent a lost screen loses the answers, because none were stored', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await olga.play(parentAnswers().slice(0, 3))
  await loseSessions(world, olga.id)
  await olga.play([['Даю согласие', 'home']])
  expect(await rowsOf(world.database)).toEqual({})
  await olga.play([['Попросить о помощи', 'question.applicant']])
})

test('text typed after the screen was lost answers nothing, and the bot says so', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await olga.play(upTo(parentAnswers(), 'question.name'))
  olga.sees('question.name')
  await loseSessions(world, olga.id)
  await olga.play([
    [{ words: 'Ольга' }, 'home'],
    ['Продолжить', 'question.name'],
    [{ words: 'Ольга' }, 'question.phone'],
  ])
})

test('a draft is kept for 30 days', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await olga.play(parentAnswers())
  world.clock.forward(29 * day)
  await deleteExpiredData(world.database, world.clock.now(), createLog('silent'))
  await loseSessions(world, olga.id)
  await olga.play([['/menu', 'home'], ['Продолжить', 'summary'], ...adultSubmits])
  expect(olga.text()).toMatch(/Обращение 2026-000001 от 23 декабря/)
})

test('after 31 days a draft is gone, and so is the person', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await olga.play(parentAnswers())
  world.clock.forward(31 * day)
  await deleteExpiredData(world.database, world.clock.now(), createLog('silent'))
  expect(await rowsOf(world.database)).toEqual({})
  await olga.play([
    ['Отправить', /./],
    ['/menu', 'home'],
    ['Попросить о помощи', 'question.applicant'],
  ])
  expect(await rowsOf(world.database)).toEqual({})
})

test('a request is not deleted with the drafts', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await submitAsParent(olga)
  const { processed_updates: _, ...before } = await rowsOf(world.database)
  world.clock.forward(31 * day)
  await deleteExpiredData(world.database, world.clock.now(), createLog('silent'))
  expect(await rowsOf(world.database)).toEqual(before)
})

test('/cancel deletes the draft after a confirmation', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await olga.play([
    ...upTo(parentAnswers(), 'question.helpKinds'),
    ['/cancel', 'cancel'],
    ['Нет, оставить', 'question.helpKinds'],
    ['/cancel', 'cancel'],
  ])
  expect(await rowsOf(world.database)).toMatchObject({ drafts: 1, persons: 1 })
  await olga.play([['Да, удалить', 'cancelled']])
  expect(Object.keys(await rowsOf(world.database))).toEqual(['processed_updates'])
  await olga.play([
    ['/cancel', 'cancelled'],
    ['/menu', 'home'],
    ['Попросить о помощи', 'question.applicant'],
  ])
})

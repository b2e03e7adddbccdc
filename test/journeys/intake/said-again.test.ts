import { expect, inject, test } from 'vitest'
import { createSessions } from '#channels/telegram/sessions.ts'
import { createLog } from '#core/log.ts'
import { openContent } from '#features/requests/request-content.ts'
import { findRequest } from '#storage/requests/requests.ts'
import { createSealer } from '#storage/seal.ts'
import { adultSubmits, parentAnswers } from '#test/support/intake.ts'
import { openWorld, testKeys, type World } from '#test/support/world.ts'

const loseSession = async (world: World, id: number) => {
  await world.restart()
  if (inject('database') !== 'postgres') return
  const sessions = await createSessions(world.config.redisUrl, createSealer(testKeys), createLog('silent'))
  await sessions.storage.delete(`telegram:${id}`)
  await sessions.close()
}

const contentOf = async ({ database }: World) => {
  const { id } = await database.prisma.request.findFirstOrThrow()
  const request = await findRequest(database, id)
  return request && openContent(createSealer(testKeys), request)
}

const steps = parentAnswers()
const at = (screen: string) => steps.findIndex(([, to]) => to === screen) + 1

test('years that are said to a lost screen are the answer, and the story is still asked for', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  const olga = world.person()
  await olga.play(steps.slice(0, at('question.children')))
  await loseSession(world, olga.id)
  await olga.play([
    [{ words: '2014, 2018' }, /Записано/],
    ['/menu', 'home'],
    ['Продолжить', 'question.ownWords'],
    // Said again, because no card came: neither a story nor a second answer.
    [{ words: '2014, 2018' }, 'question.ownWords'],
    ...steps.slice(at('question.ownWords')),
    ...adultSubmits,
  ])
  expect(await contentOf(world)).toMatchObject({
    children: [2014, 2018],
    ownWords: 'Сын не выходит из комнаты.',
  })
})

test('a story that is said again to a lost screen stands once', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  const olga = world.person()
  await olga.play(steps.slice(0, at('question.name')))
  await loseSession(world, olga.id)
  await olga.play([
    [{ words: 'Сын не выходит из комнаты.' }, /Записано/],
    ['/menu', 'home'],
    ['Продолжить', 'question.name'],
    ...steps.slice(at('question.name')),
    ...adultSubmits,
  ])
  expect((await contentOf(world))?.ownWords).toBe('Сын не выходит из комнаты.')
})

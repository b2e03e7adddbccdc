import { setTimeout as pause } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { createDice, type Dice } from '#test/support/dice.ts'
import { effort, seedFrom } from '#test/support/effort.ts'
import { createKey } from '#features/staff/api-keys.ts'
import { scopes } from '#features/staff/api-scopes.ts'
import { inviteOnRequest } from '#features/surveys/invite.ts'
import { lockFamily } from '#storage/families/families.ts'
import { insertSurvey } from '#storage/surveys/surveys.ts'
import { clientOf } from '../support/api.ts'
import type { Chat } from '../support/chat.ts'
import { withFile } from '../support/ending.ts'
import type { Instance } from '../support/instances.ts'
import { onServer, openOutside, type Outside } from '../support/outside.ts'
import { screenPattern } from '../support/screens.ts'
import { howIsIt, setsCounted } from '../support/surveys.ts'

/** How often the process dies. */
const kills = effort('KILLS', { check: 1, full: 25 })
const seed = seedFrom('KILLS_SEED')
const longestDelayMs = 120
const thanks = /Спасибо, ответы отправлены/
const day = 24 * 60 * 60_000

/** A family whose only member has joined; returns their chat, and the family. */
const withMember = async (world: Outside, port: () => number) => {
  const now = world.clock.now()
  const { token } = await world.database.transaction((tx) =>
    createKey(tx, { name: 'test', scopes: [...scopes], territories: [], now }),
  )
  const key = clientOf(() => `http://127.0.0.1:${port()}`, token)
  const family = await key.post('/families', { territory: 'leninsky', level: 'crisis', stage: 'activities' })
  const { id: familyId } = family.body as { id: string }
  const added = await key.post(`/families/${familyId}/members`, { role: 'parent', name: 'Ольга' })
  const { link } = added.body as { link: string }
  const olga = world.person()
  await olga.start(new URL(link).searchParams.get('start') ?? '')
  await olga.tap('Даю согласие')
  return { olga, familyId }
}

/** Invites the family to a survey of its own, told of as if it had been pushed. */
const invite = async ({ database, clock }: Outside, familyId: string, code: string): Promise<string> => {
  const now = clock.now()
  return database.transaction(async (tx) => {
    await insertSurvey(tx, { survey: { ...howIsIt, code }, publishedAt: now })
    const family = await lockFamily(tx, familyId)
    if (!family) throw new Error('the family is not there')
    const [{ id } = { id: '' }] = await inviteOnRequest(tx, { code, family, timeZone: 'Europe/Moscow', now })
    const expiresAt = new Date(now.getTime() + day)
    await tx.surveyInvitation.update({
      where: { id },
      data: { status: 'invited', invitedAt: now, expiresAt },
    })
    return id
  })
}

const upToTheCheck = [
  ['Начать', /Мы вам помогли\?/],
  ['Помогли', /уважительно/],
  ['Да', /Что помогло/],
  ['Пропустить', /Посоветуете/],
  ['9', 'survey-check'],
] as const

/** Dies at the worst moment, a call to Telegram has taken effect and nobody has heard of it; or at any after the tap. */
const killAfter = async (world: Outside, instance: Instance, round: number, dice: Dice): Promise<void> => {
  if (round % 2 === 1) await pause(dice.below(longestDelayMs))
  else await world.telegram.events.next(({ type }) => type === 'edited', 10_000)
  await instance.kill()
}

/** As somebody does who sees no thanks: opens the survey again, and sends what is still there. */
const untilThanks = async (chat: Chat, invitationId: string): Promise<void> => {
  for (let attempt = 0; attempt < 5 && !thanks.test(chat.text()); attempt += 1) {
    await chat.byHand(`-.survey.${invitationId}`)
    if (screenPattern('survey-check').test(chat.text())) await chat.tap('Отправить')
  }
  expect(chat.text()).toMatch(thanks)
}

describe.runIf(onServer)(`kill -9 between the last answer and the thanks (seed ${seed})`, () => {
  const ending = withFile()
  let world: Outside
  let instance: Instance
  beforeAll(async () => {
    world = await openOutside({ mode: 'webhook', ending })
    instance = await world.start()
  })

  test(
    'sent once, counted once, and no thanks for what was not sent',
    async () => {
      world.board.route = () => (instance.alive() ? instance.port : null)
      const { olga, familyId } = await withMember(world, () => instance.port)

      const dice = createDice(seed)
      for (let round = 0; round < kills; round += 1) {
        const id = await invite(world, familyId, `round-${round}`)
        await olga.byHand(`-.survey.${id}`)
        await olga.play(upToTheCheck)
        const [send, card] = [olga.dataOf('Отправить'), olga.card().message_id]
        void world.telegram.tap(olga.id, card, send)
        await killAfter(world, instance, round, dice)
        const thanked = thanks.test(olga.text())
        const { finishedAt } = await world.database.prisma.surveyResponse.findUniqueOrThrow({
          where: { invitationId: id },
        })
        expect(thanked && finishedAt === null, `round ${round}`).toBe(false)

        instance = await world.start()
        await olga.settle()
        await untilThanks(olga, id)
        expect(await setsCounted(world)).toBe(round + 1)
      }
      const invitations = await world.database.prisma.surveyInvitation.groupBy({
        by: ['status'],
        _count: true,
      })
      expect(invitations).toEqual([{ status: 'finished', _count: kills }])
      expect(await world.database.prisma.surveyAnswer.count()).toBe(4 * kills)
    },
    60_000 + kills * 12_000,
  )

  test('words for the question on the screen do not answer the one before, whose tap comes again', async () => {
    world.board.route = () => (instance.alive() ? instance.port : null)
    const { olga, familyId } = await withMember(world, () => instance.port)
    const words = (code: string) => ({
      code,
      since: 1,
      kind: 'text' as const,
      words: { ru: { adult: code } },
    })
    const now = world.clock.now()
    const survey = { ...howIsIt, code: 'two-words', questions: [words('one'), words('two')] }
    await world.database.transaction((tx) => insertSurvey(tx, { survey, publishedAt: now }))
    const id = await invite(world, familyId, 'unused')
    await world.database.prisma.surveyInvitation.update({ where: { id }, data: { surveyCode: 'two-words' } })
    await olga.byHand(`-.survey.${id}`)
    await olga.play([['Начать', /вопрос 1 из 2/]])

    // «Skip» is committed and shows the next question; the process dies before it has heard so.
    const drawn = world.telegram.events
      .next(({ type }) => type === 'edited', 10_000)
      .then(() => instance.kill())
    const skip = olga.dataOf('Пропустить')
    void world.telegram.tap(olga.id, olga.card().message_id, skip)
    await drawn
    olga.sees(/вопрос 2 из 2/)
    world.telegram.sendText(olga.id, 'Ответ на второй')

    // After the restart the message happens to come first.
    const read = Promise.withResolvers<void>()
    instance = await world.start()
    world.board.route = async (update) => {
      if ('callback_query' in update) await read.promise
      return instance.port
    }
    await expect.poll(() => world.telegram.undelivered(olga.id).size, { timeout: 30_000 }).toBe(0)
    read.resolve()
    await olga.settle()
    olga.sees(/вопрос 2 из 2/)
    const answers = await world.database.prisma.surveyAnswer.findMany({
      where: { question: { in: ['one', 'two'] } },
    })
    expect(answers.map(({ question, text }) => [question, text])).toEqual([['one', null]])
  }, 90_000)
})

import { describe, expect, test } from 'vitest'
import { createSealer } from '#storage/seal.ts'
import { damaged } from '../support/damaged.ts'
import { parentAnswers, submitAsParent, upTo } from '../support/intake.ts'
import { openWorld } from '../support/world.ts'
import { storedAccount } from '../support/accounts.ts'

const noise = ['update.failed', 'update.quarantined', 'draft.unreadable']
const open = () => openWorld({ mode: 'webhook', noise })

const untilHelpKinds = upTo(parentAnswers(), 'question.helpKinds')

describe('an update that can never succeed', () => {
  test('is put aside after five attempts: an apology, an alert, and the next one works', async () => {
    const world = await open()
    const { prisma } = world.database
    const vera = await world.staff('Вера', ['leninsky'], 'supervisor')
    const anna = await world.staff('Анна', ['leninsky'])
    const number = await submitAsParent(world.person())
    await expect.poll(() => anna.text()).toContain(number)
    const { id, answers } = await prisma.request.findUniqueOrThrow({ where: { number } })
    await prisma.request.update({ where: { id }, data: { answers: damaged(answers) } })

    await anna.tap('Ответы')
    expect(anna.allText()).toMatch(/Это ошибка бота, она записана/)
    const [failed, ...others] = await prisma.failedUpdate.findMany()
    expect(others).toEqual([])
    expect(failed).toMatchObject({ attempts: 5, quarantinedAt: expect.any(Date), error: 'SealError' })
    expect(await prisma.processedUpdate.count({ where: { channel: 'telegram', id: failed?.id ?? '' } })).toBe(
      1,
    )
    // No sight of anything, so no row of one.
    expect(await prisma.auditEntry.count()).toBe(0)
    const alerts = () =>
      vera.messages().filter(({ by, text }) => by === 'bot' && /обновлени|сообщени|ошибк/i.test(text ?? ''))
    await expect.poll(() => alerts().length).toBe(1)
    expect(alerts()[0]?.text).not.toMatch(/Ольга|Анна|\+7|\d{7,}/)

    await anna.tap('Взять')
    anna.sees(/Взято вами/)
    await world.person().play([['/start', 'home']])
  })
})

describe('a draft that cannot be opened', () => {
  test('because it is damaged: the person is told, and begins again', async () => {
    const world = await open()
    const olga = world.person()
    await olga.play(untilHelpKinds)
    const draft = await world.database.prisma.draft.findFirstOrThrow()
    await world.database.prisma.draft.update({
      where: { id: draft.id },
      data: { answers: damaged(draft.answers) },
    })
    await olga.play([
      ['/menu', /ответить заново/],
      ['Срочная помощь', /8-800-2000-122/],
      ['/menu', 'home'],
    ])
    await submitAsParent(olga)
    expect(await world.database.prisma.request.count()).toBe(1)
    expect(await world.database.prisma.failedUpdate.count()).toBe(0)
  })

  test('because the key is missing: nothing is thrown away, and it goes on when the key is back', async () => {
    const world = await open()
    const olga = world.person()
    await olga.play(untilHelpKinds)
    const { prisma } = world.database
    const draft = await prisma.draft.findFirstOrThrow()
    const stranger = createSealer([{ id: 'another', key: Buffer.alloc(32, 9) }])
    const locked = stranger.seal('{}', `drafts.answers.${draft.personId}`)
    await prisma.draft.update({ where: { id: draft.id }, data: { answers: locked } })
    await olga.say('/menu')
    expect(olga.messages().at(-1)?.text).toMatch(/Это ошибка бота, она записана/)
    expect(await prisma.draft.findFirst()).toMatchObject({ id: draft.id, answers: locked })
    await prisma.draft.update({ where: { id: draft.id }, data: { answers: draft.answers } })
    await olga.play([
      ['/menu', /Продолжить/],
      ['Продолжить', 'question.helpKinds'],
    ])
  })

  test('because it is somebody else’s: sealed values do not open in another place', async () => {
    const world = await open()
    const [olga, ivan] = [world.person(), world.person({ firstName: 'Иван' })]
    await olga.play([
      ...upTo(parentAnswers(), 'question.ownWords'),
      [{ words: 'Тайна Ольги' }, 'question.danger'],
    ])
    await ivan.play(untilHelpKinds)
    const { prisma } = world.database
    const drafts = await prisma.draft.findMany({ include: { person: true } })
    const of = (id: number) => drafts.find(({ person }) => person.account === storedAccount({ id }))
    await prisma.draft.update({
      where: { id: of(ivan.id)?.id ?? '' },
      data: { answers: of(olga.id)?.answers ?? '' },
    })
    await ivan.play([['/menu', /ответить заново/]])
    expect(ivan.allText()).not.toContain('Тайна Ольги')
  })
})

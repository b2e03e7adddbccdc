import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { anActivity, aPlan, publish, told } from '#test/support/plan.ts'
import { missing, problem } from '#test/support/submitted.ts'

type Listed = { items: { id: string; draft: { code: string } | null }[] }

test('a mother proposes, the curator takes it into the plan, and she reads what became of it', async () => {
  const { world, key, path, curator, member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  const igor = await member('representative', 'Игорь')
  await olga.play([
    ['/plan', /Плана пока нет/],
    ['Предложить своё', /Что вы предлагаете/],
    ['Написать', 'propose'],
    [{ words: 'я'.repeat(1001) }, /длиннее 1000/],
    [
      { words: 'Нужна <секция> для Даши' },
      /Передали куратору[\s\S]*«Нужна <секция> для Даши»[\s\S]*ещё не ответил/,
    ],
  ])
  await expect.poll(() => curator.allText()).toMatch(/Семья № 1 предлагает кое-что для плана/)
  expect(curator.allText()).not.toMatch(/секция/)
  await curator.play([
    ['Семья предлагает', /1\. Родитель[\s\S]*«Нужна <секция> для Даши»/],
    ['1', /Ответ прочитает только тот, кто предложил/],
    ['Взять в план', /Можно добавить слова/],
    [{ words: 'Нашли секцию на Мира, 5' }, /Ответ отправлен[\s\S]*ждёт новой версии/],
  ])
  await told(world)
  expect(olga.allText()).not.toMatch(/Мира/)
  await olga.play([['Посмотреть', /Берём в план[\s\S]*Нашли секцию на Мира, 5/]])
  // What one has proposed is for nobody else of the family.
  await igor.play([
    ['/plan', 'plan'],
    ['Предложить своё', /Что вы предлагаете(?![\s\S]*секция)/],
  ])
  const { items } = (await key.get(`${path}/proposals`)).body as Listed
  expect(items).toMatchObject([
    { author: 'parent', confidential: false, draft: { kind: null, audience: 'adults' }, inPlan: false },
  ])
  await publish(key, path, aPlan([anActivity(items[0]?.draft?.code ?? '', { plain: 'Секция на Мира, 5' })]))
  await told(world)
  expect((await key.get(`${path}/proposals`)).body).toMatchObject({ items: [{ inPlan: true }] })
  await olga.play([
    ['/plan', 'plan'],
    ['Предложить своё', /Это уже в плане/],
  ])
})

test('a minor’s proposal and its answer are known to no adult of the family', async () => {
  const { world, key, path, familyId, curator, member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  const dasha = await member('minor', 'Даша')
  const before = olga.messages().length
  await dasha.play([
    ['/plan', 'plan'],
    ['Предложить своё', /Родители этого не увидят/],
    ['Написать', 'propose'],
    [{ words: 'Хочу жить у тёти' }, /Передали куратору/],
  ])
  await curator.byHand(`-.f-proposals.${familyId}`)
  expect(curator.text()).toMatch(/Подросток[\s\S]*Взрослые семьи этого не знают[\s\S]*у тёти/)
  const { items } = (await key.get(`${path}/proposals`)).body as Listed
  const answer = `${path}/proposals/${items[0]?.id}/answer`
  expect(await key.post(answer, { kind: 'declined' })).toMatchObject(problem('invalid-input', 422))
  expect(await key.post(answer, { kind: 'noted', helpKind: 'legal' })).toMatchObject(
    problem('invalid-input', 422),
  )
  expect(await key.post(answer, { kind: 'accepted', helpKind: 'legal' })).toMatchObject({
    status: 200,
    body: {
      items: [
        {
          confidential: true,
          draft: { kind: 'legal', audience: 'confidential', memberIds: [dasha.memberId] },
        },
      ],
    },
  })
  expect(await key.post(answer, { kind: 'noted' })).toMatchObject(problem('already-closed', 409))
  expect(await key.post(`${path}/proposals/${missing}/answer`, { kind: 'noted' })).toMatchObject(
    problem('not-found', 404),
  )
  await told(world)
  await dasha.play([['Посмотреть', /Берём в план/]])
  await olga.play([
    ['/plan', 'plan'],
    ['Предложить своё', /Что вы предлагаете/],
  ])
  expect(olga.allText()).not.toMatch(/тёт/)
  expect(olga.messages().length - before).toBeLessThan(4)
  const rows = await world.database.prisma.planProposal.findMany()
  expect(rows.map(({ text }) => text.startsWith('v2.'))).toEqual([true])
})

test('a refusal needs words; danger and words about the curator go to the conversation', async () => {
  const { world, curator, supervisor, familyId, member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  const propose = async (words: string, then: RegExp) => {
    await olga.byHand(`-.proposals.${familyId}`)
    await olga.play([
      ['Написать', 'propose'],
      [{ words }, then],
    ])
  }
  await propose('Путёвка на море', /Передали куратору/)
  await curator.byHand(`-.f-proposals.${familyId}`)
  await curator.play([
    ['1', 'f-proposal'],
    ['Объяснить отказ', /Почему нет\?/],
    [{ words: 'Путёвок нет до мая' }, /Отказ:[\s\S]*Путёвок нет до мая/],
  ])
  await olga.byHand(`-.proposals.${familyId}`)
  expect(olga.text()).toMatch(/В план не берём[\s\S]*Путёвок нет до мая/)

  await propose('Муж меня бьёт, сделайте что-нибудь', /102|112/)
  await expect.poll(() => supervisor.allText()).toMatch(/Тревожн|Срочн|тревож/)
  await propose('Ирина кричит на меня, дайте другого куратора', /Куратор этого не видит/)
  expect(await world.database.prisma.planProposal.count()).toBe(2)
  expect(await world.database.prisma.message.count()).toBe(2)
  await curator.byHand(`-.f-proposals.${familyId}`)
  expect(curator.allText()).not.toMatch(/кричит/)
})

import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { openWorld } from '#test/support/world.ts'

const waiting = { endedAt: null }

test.each(['спасибо', 'ок', 'здравствуйте', '🙏'])(
  '«%s» to the curator stands in the thread and promises nothing',
  async (words) => {
    const { world, member, curator } = await openWithFamily()
    const olga = await member('parent', 'Ольга')
    await olga.play([
      ['/messages', 'messages'],
      [{ words }, 'messages'],
      ['/menu', 'home'],
      [{ words }, 'home'],
    ])
    expect(await world.database.prisma.readingPromise.count({ where: waiting })).toBe(0)
    expect(await world.database.prisma.message.count()).toBe(2)
    await curator.byHand(`-.thread.${olga.memberId}`)
    expect(curator.text()).toContain(words)
    await olga.play([[{ words: 'можно перенести?' }, /Прочитает/]])
    expect(await world.database.prisma.readingPromise.count({ where: waiting })).toBe(1)
  },
)

test('thanks to an urgent request are no alarm; the words after them are', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  const anna = await world.staff('Анна', ['leninsky'], 'intake')
  const olga = world.person()
  await submitAsParent(olga)
  const news = () => anna.allText().match(/(?:Срочно\. )?К обращению [\d-]+ дописали/g) ?? []
  await olga.play([
    [{ words: 'муж избил меня' }, 'heard'],
    ['Дальше', 'status'],
  ])
  await expect.poll(news).toEqual([expect.stringMatching(/^Срочно/)])
  for (const words of ['спасибо', 'ок', 'поняла', 'да', '🙏']) {
    world.clock.forward(10_000)
    await olga.play([[{ words }, 'status']])
  }
  await expect.poll(() => news().length).toBe(6)
  expect(news().slice(1).join()).not.toMatch(/Срочно/)
  await olga.play([[{ words: 'когда вы приедете?' }, 'status']])
  await expect.poll(() => news().at(-1)).toMatch(/^Срочно/)
  await anna.tap('Своими словами')
  expect(anna.text()).toMatch(/спасибо[\s\S]*поняла/)
})

test('a note of thanks to a request promises no reading beyond what the request is owed', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  const anna = await world.staff('Анна', ['leninsky'], 'intake')
  const olga = world.person()
  await submitAsParent(olga)
  await expect.poll(() => anna.text()).toMatch(/2026-000001/)
  await world.database.prisma.readingPromise.updateMany({
    data: { endedAt: new Date('2026-11-24T09:00:00Z') },
  })
  await olga.play([
    [{ words: 'спасибо' }, 'status'],
    ['Дописать', 'note'],
    [{ words: 'ок' }, 'status'],
  ])
  expect(await world.database.prisma.readingPromise.count({ where: waiting })).toBe(0)
})

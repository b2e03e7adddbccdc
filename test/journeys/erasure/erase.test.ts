import { expect, inject, test } from 'vitest'
import { erase } from '#features/erasure/erase.ts'
import type { Chat } from '#test/support/chat.ts'
import { columnsWith } from '#test/support/columns.ts'
import { openWithFamily } from '#test/support/family.ts'
import { filesWith } from '#test/support/made-files.ts'
import { openOffice } from '#test/support/office.ts'
import { openedIn, placesOf } from '#test/support/opened.ts'
import { anActivity, aPlan, publish, told } from '#test/support/plan.ts'
import { everythingIn, openOwnRedis } from '#test/support/redis.ts'
import { planVisit } from '#test/support/visits.ts'

/** Words that nobody else says, each by whoever leaves it. */
const words = {
  parentsName: 'Кракозябра',
  teensName: 'Фиолетинка',
  parent: 'трямпарабам',
  teen: 'шуршунчик',
  answerToParent: 'бубликация',
  answerToTeen: 'кукумбер',
  plan: 'загогулистика',
  note: 'мымрология',
  visit: 'перечебурдон',
}

/** A parent and a teenager of one family, each of whom has left something, and staff about both. */
const openCase = async (redisUrl?: string) => {
  const family = await openWithFamily({ mode: 'webhook', ...(redisUrl && { redisUrl }) })
  const { world, key, path, member } = family
  const parent = await member('parent', words.parentsName)
  const teen = await member('minor', words.teensName)
  for (const [chat, said, answered] of [
    [parent, words.parent, words.answerToParent],
    [teen, words.teen, words.answerToTeen],
  ] as const) {
    await chat.say('/messages')
    await chat.say(`Тут ${said}`)
    const made = await key.post(`${path}/members/${chat.memberId}/messages`, { text: answered })
    expect(made).toMatchObject({ status: 201 })
  }
  expect(await key.post(`${path}/notes`, { text: words.note })).toMatchObject({ status: 201 })
  await publish(key, path, aPlan([anActivity('a', { plain: words.plan })]))
  await planVisit(family, { note: words.visit })
  await told(world)
  return { ...family, parent, teen, office: await openOffice(world) }
}

const personOf = async ({ world }: Awaited<ReturnType<typeof openCase>>, memberId: string) =>
  (await world.database.prisma.familyMember.findUniqueOrThrow({ where: { id: memberId } })).personId ?? ''

const remaining = async ({ world }: Awaited<ReturnType<typeof openCase>>) =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(words).map(
        async ([name, word]) => [name, (await placesOf(world.database, word)).length > 0] as const,
      ),
    ),
  )

const all = Object.fromEntries(Object.keys(words).map((name) => [name, true]))

test.each([
  ['parent', ['parentsName', 'parent', 'answerToParent']],
  ['teen', ['teensName', 'teen', 'answerToTeen']],
] as const)('the %s is erased, and the other of the family keeps everything', async (who, gone) => {
  const opened = await openCase()
  const { world, office, key, path } = opened
  expect(await remaining(opened)).toEqual(all)
  const [erased, stays] = who === 'parent' ? [opened.parent, opened.teen] : [opened.teen, opened.parent]
  const person = await personOf(opened, erased.memberId)
  const now = world.clock.now()
  const act = await office.does((tx, deps) =>
    erase(tx, deps, { of: { person }, ground: 'request', by: {}, now }),
  )

  expect(act).toMatchObject({ kind: 'person', ground: 'request', keys: 2 })
  expect(act.counts).toMatchObject({ persons: 1, family_members: 1, messages: expect.any(Number) })
  expect(await remaining(opened)).toEqual({
    ...all,
    ...Object.fromEntries(gone.map((name) => [name, false])),
  })
  expect((await openedIn(world.database)).erased).toBeGreaterThan(2)
  // Nothing finds the account, in whichever form, and the chat of whoever was erased is a stranger's.
  expect(await columnsWith(world, (text) => text.includes(String(erased.id)))).toEqual([])
  await expect.poll(() => world.database.prisma.erasureErrand.count()).toBe(0)
  await erased.play([['/settings', /Такого здесь нет/]])
  await stays.say('/messages')
  expect(stays.text()).toContain(who === 'parent' ? words.answerToTeen : words.answerToParent)
  // Staff read of the other, and that something is gone.
  const details = await key.get(`${path}/details`)
  expect(details.status).toBe(200)
  const messages = await key.get(`${path}/messages`)
  expect(messages.status).toBe(200)
  await expect(
    office.does((tx, deps) => erase(tx, deps, { of: { person }, ground: 'request', by: {}, now })),
  ).rejects.toMatchObject({ code: 'not-found' })
})

test('of a family nothing can be read any more: not in the database, Redis, jobs, chats, files or the log', async () => {
  const own = inject('database') === 'postgres' ? await openOwnRedis(13) : null
  const opened = await openCase(own?.url)
  const { world, office, familyId, parent, teen, path, key } = opened
  await parent.play([
    ['/mydata', 'my-data'],
    ['Получить копию', 'my-data-copy'],
    ['Читать самому (PDF)', 'my-data-copy'],
  ])
  const said = (chat: Chat) => Object.values(words).filter((word) => chat.allText().includes(word))
  expect([said(parent).length > 0, said(teen).length > 0]).toEqual([true, true])
  const now = world.clock.now()
  const act = await office.does((tx, deps) =>
    erase(tx, deps, { of: { family: familyId }, ground: 'withdrawal', by: {}, now }),
  )
  expect(act.counts).toMatchObject({
    families: 1,
    family_members: 2,
    persons: 2,
    visits: 1,
    plan_versions: 1,
  })
  await expect.poll(() => world.database.prisma.erasureErrand.count()).toBe(0)
  expect(await remaining(opened)).toEqual(Object.fromEntries(Object.keys(words).map((name) => [name, false])))
  const canaries = [...Object.values(words), String(parent.id), String(teen.id)]
  expect(await columnsWith(world, (text) => canaries.some((word) => text.includes(word)))).toEqual([])
  const redis = own ? await everythingIn(own.redis) : []
  expect(redis.filter((text) => canaries.some((word) => text.includes(word)))).toEqual([])
  // What was said less than 48 hours ago goes from the chats, with the files that the bot sent there.
  for (const chat of [parent, teen]) {
    expect(said(chat)).toEqual([])
    expect(chat.messages().filter(({ document }) => document !== undefined)).toEqual([])
  }
  expect(await filesWith(world.config.dataDir, canaries)).toEqual([])
  expect(world.lines.filter((line) => canaries.some((word) => line.includes(word)))).toEqual([])
  // Whoever has the address sees that it is gone, and nothing fails.
  for (const part of ['', '/details', '/messages', '/plan', '/visits', '/notes', '/members'])
    expect((await key.get(`${path}${part}`)).status, part).toBeLessThan(500)
})

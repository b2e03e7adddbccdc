import { expect, test } from 'vitest'
import type { Chat } from '../support/chat.ts'
import { adultSubmits, parentAnswers, type Steps } from '../support/intake.ts'
import { openWorld, type World } from '../support/world.ts'

/** Words that stand nowhere else, one for every field that a person fills. */
const marks = {
  firstName: 'Меткаимя',
  name: 'Меткаобращение',
  story: 'Меткарассказ',
  place: 'Меткаместо',
  note: 'Метказаметка',
  reason: 'Меткапричина',
  stray: 'Меткапустяк',
  children: '2011',
}
const phone = '+79187654321'
const noise = ['update.failed', 'update.quarantined', 'job.failed', 'telegram.refused', 'polling.failed']

const marked = (steps: Steps): Steps =>
  steps.map(([deed, seen]) => {
    if (deed === 'Ставрополь, Ленинский район') return ['Другое место', 'question.territoryWords']
    if (typeof deed !== 'object') return [deed, seen]
    if (deed.words === 'Ольга') return [{ words: marks.name }, seen]
    if (deed.words.startsWith('2014')) return [{ words: marks.children }, seen]
    return [{ words: marks.story }, seen]
  })

const journey = async (world: World): Promise<{ olga: Chat; anna: Chat }> => {
  const anna = await world.staff('Анна', ['leninsky'])
  const olga = world.person({ firstName: marks.firstName, phone })
  const steps = marked(parentAnswers())
  const place = steps.findIndex(([deed]) => deed === 'Другое место') + 1
  await olga.play([
    ...steps.slice(0, place),
    [{ words: marks.place }, 'question.circumstances'],
    ...steps.slice(place),
    [{ words: marks.stray }, 'summary'],
  ])
  // Faults on the way: what goes wrong is logged too.
  world.telegram.faults.failNext('editMessageText', 1, {
    code: 400,
    description: `Bad Request: ${marks.name}`,
  })
  await olga.tap('Всё верно, дальше')
  await expect.poll(() => olga.text(), { timeout: 15_000 }).toMatch(/Да|прошу|помощ/i)
  await expect
    .poll(() => olga.buttons(olga.card()).map(({ text }) => text), { timeout: 15_000 })
    .toContain('Да, прошу о помощи')
  await olga.play(adultSubmits.slice(1))
  await olga.play([['Дописать', 'note']])
  world.telegram.faults.failNext('sendMessage', 1, { code: 500 })
  await olga.say(marks.note)
  await expect.poll(() => olga.text(), { timeout: 15_000 }).toMatch(/Дописано/)
  await expect.poll(() => anna.allText(), { timeout: 15_000 }).toMatch(/Заявление \d{4}-\d{6}/)
  await anna.play([['/queue', 'queue']])
  await anna.tap(anna.buttons(anna.card())[0]?.text ?? '')
  for (const label of ['Взять', 'Контакты']) await anna.tap(label)
  expect(anna.allText()).toContain(marks.name)
  return { olga, anna }
}

test('no line of the log holds anything that a person said, or who they are', async () => {
  const world = await openWorld({ mode: 'webhook', noise })
  const { olga, anna } = await journey(world)
  await anna.say('/queue')
  await world.restart()
  const log = world.lines.join('\n')
  expect(world.lines.length).toBeGreaterThan(5)
  for (const secret of [
    ...Object.values(marks).slice(0, -1),
    phone,
    phone.slice(2),
    String(olga.id),
    String(anna.id),
  ]) {
    expect(log).not.toContain(secret)
  }
})

test('no column of any table, the queue’s among them, holds words or contacts in the clear', async () => {
  const world = await openWorld({ mode: 'webhook', noise })
  await journey(world)
  const { prisma } = world.database
  const columns = await prisma.$queryRaw<{ s: string; t: string; c: string }[]>`
    SELECT n.nspname AS s, r.relname AS t, a.attname AS c FROM pg_attribute a
      JOIN pg_class r ON r.oid = a.attrelid JOIN pg_namespace n ON n.oid = r.relnamespace
    WHERE r.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND n.nspname IN ('public', 'pgboss')`
  expect(columns.some(({ s }) => s === 'pgboss')).toBe(true)
  const secrets = [...Object.values(marks).slice(0, -1), phone, phone.slice(2)]
  const open: string[] = []
  for (const { s, t, c } of columns) {
    const rows = await prisma.$queryRawUnsafe<{ text: string }[]>(
      `SELECT "${c}"::text AS text FROM "${s}"."${t}" WHERE "${c}" IS NOT NULL`,
    )
    for (const { text } of rows)
      if (secrets.some((secret) => text.includes(secret))) open.push(`${s}.${t}.${c}`)
  }
  expect(open).toEqual([])
  expect(await prisma.request.count()).toBe(1)
})

test('a sealed value that was moved to another row does not open there', async () => {
  const world = await openWorld({ mode: 'webhook', noise })
  const anna = await world.staff('Анна', ['leninsky'])
  const [first, second] = [world.person({ phone }), world.person()]
  for (const [chat, name] of [
    [first, marks.name],
    [second, 'Ирина'],
  ] as const) {
    await chat.play(
      parentAnswers().map(([deed, seen]) =>
        typeof deed === 'object' && deed.words === 'Ольга' ? [{ words: name }, seen] : [deed, seen],
      ),
    )
    await chat.play(adultSubmits)
  }
  const { prisma } = world.database
  const [one, two] = await prisma.request.findMany({ orderBy: { number: 'asc' } })
  if (!one || !two) throw new Error('two requests were expected')
  await prisma.request.update({ where: { id: two.id }, data: { contact: one.contact, answers: one.answers } })
  await expect.poll(() => anna.allText()).toContain(two.number)
  const card = anna.messages().find(({ text }) => text?.includes(two.number))
  await anna.tap('Взять', card)
  await anna.tap(
    'Контакты',
    anna.messages().find(({ text }) => text?.includes(two.number)),
  )
  expect(anna.allText()).not.toContain(marks.name)
  expect(anna.allText()).toMatch(/Это ошибка бота, она записана/)
})

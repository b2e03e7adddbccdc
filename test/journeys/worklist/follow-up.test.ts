import { expect, test } from 'vitest'
import { submitAsParent } from '#test/support/intake.ts'
import { openOffice, soon } from '#test/support/office.ts'
import { workPasses } from '#test/support/waiting.ts'
import { openWorld } from '#test/support/world.ts'

// A claimed request has a clock: its specialist is told first, a working day later the supervisor, once each, until somebody acts.
const tuesday = '2026-11-24T09:00:00Z'

const open = async () => {
  const world = await openWorld({ at: tuesday })
  const office = await openOffice(world)
  const anna = await world.staff('Анна', ['leninsky'])
  const nina = await world.staff('Нина', ['leninsky'], 'supervisor')
  const number = await submitAsParent(world.person())
  await expect.poll(() => anna.allText(), soon).toContain(number)
  await anna.tap('Взять')
  await anna.play([
    ['/queue', 'queue'],
    ['/mine', new RegExp(`У вас 1 обращение[\\s\\S]*${number}`)],
    [number, 'case'],
    ['Поговорили по телефону', 'case'],
  ])
  // After the hours in which an agenda would say the same.
  const told = (words: RegExp) => [anna, nina].map((chat) => chat.allText().match(words)?.length ?? 0)
  return { world, office, anna, nina, number, told, comes: (at: string) => workPasses(world, office, at) }
}

test('the commission is near: the specialist, a working day later the supervisor, and nobody twice', async () => {
  const { anna, nina, told, comes, number } = await open()
  const near = /решение комиссии – до вторника, 1 декабря/g
  await comes('2026-11-24T10:00:00Z')
  expect(told(near)).toEqual([0, 0])
  // Two working days before the last one, at the beginning of the working time: not on the weekend before it.
  for (const at of ['2026-11-25T11:30:00Z', '2026-11-26T11:30:00Z', '2026-11-26T20:30:00Z']) await comes(at)
  expect(told(near)).toEqual([0, 0])
  await comes('2026-11-27T11:30:00Z')
  expect(told(near)).toEqual([1, 0])
  expect(anna.allText()).toMatch(/Проверьте, пожалуйста:/)
  expect(anna.allText()).not.toMatch(/Ольга/)
  for (const at of ['2026-11-27T14:00:00Z', '2026-11-28T11:30:00Z', '2026-11-29T11:30:00Z']) await comes(at)
  expect(told(near)).toEqual([1, 0])
  await comes('2026-11-30T11:30:00Z')
  expect(told(near)).toEqual([1, 1])
  expect(nina.allText()).toMatch(/За рабочий день ничего не изменилось:[\s\S]*Ведёт: Анна/)
  await comes('2026-12-01T11:30:00Z')
  expect(told(near)).toEqual([1, 1])
  // The day after the last one, and a working day later.
  const past = /срок прошёл – решение комиссии/g
  await comes('2026-12-02T11:30:00Z')
  expect(told(past)).toEqual([1, 0])
  await anna.play([
    [number, 'case'],
    ['Поговорили по телефону', 'case'],
  ])
  // Somebody has acted.
  await comes('2026-12-03T11:30:00Z')
  expect(told(past)).toEqual([1, 0])
  // Six working days after the first talk it had stood still, too; six after this one it does again.
  const still = /рабочих дней без движения/g
  await comes('2026-12-09T11:30:00Z')
  expect(told(still)).toEqual([1, 0])
  await comes('2026-12-10T11:30:00Z')
  expect(told(still)).toEqual([2, 0])
  await comes('2026-12-11T11:30:00Z')
  expect(told(still)).toEqual([2, 1])
  for (const day of ['14', '15', '16']) await comes(`2026-12-${day}T11:30:00Z`)
  expect(told(still)).toEqual([2, 1])
})

test('many cases are told in one message, and one whose specialist cannot be reached goes to the supervisor', async () => {
  const { world, office, anna, nina, comes } = await open()
  for (let count = 0; count < 3; count += 1) {
    const number = await submitAsParent(world.person())
    await expect.poll(() => anna.allText(), soon).toContain(number)
    await anna.tap('Взять')
  }
  const before = anna.messages().length
  await comes('2026-11-27T11:30:00Z')
  const news = anna
    .messages()
    .slice(before)
    .filter(({ text }) => text?.includes('Проверьте'))
  expect(news).toHaveLength(1)
  expect(news[0]?.text?.match(/решение комиссии/g)).toHaveLength(4)
  const { id } = await office.member('Анна')
  expect(await world.database.prisma.workAlarm.count({ where: { staffId: id } })).toBe(4)
  expect(nina.allText()).not.toMatch(/Нужен ваш взгляд/)
})

test('a family whose curator has left is told to the supervisor at once, until it has one again', async () => {
  const { world, office, nina, comes } = await open()
  await world.staff('Ирина', ['leninsky'], 'curator')
  const { id } = await office.member('Ирина')
  await world.database.prisma.family.create({
    data: {
      region: 'stavropol',
      territory: 'leninsky',
      curatorId: id,
      stage: 'activities',
      appliedAt: new Date(tuesday),
      createdAt: new Date(tuesday),
      safetyCopied: true,
    },
  })
  const orphaned = () => nina.allText().match(/никто не ведёт/g)?.length ?? 0
  await comes('2026-11-24T10:00:00Z')
  expect(orphaned()).toBe(0)
  const { changeStaff } = await import('#features/staff/absences.ts')
  const member = await office.member('Ирина')
  await office.does((tx, deps) =>
    changeStaff(tx, deps, {
      staffId: id,
      revision: member.revision,
      changes: { active: false },
      now: world.clock.now(),
    }),
  )
  await comes('2026-11-24T10:02:00Z')
  expect(orphaned()).toBe(1)
  // It is the first that anybody hears of it.
  expect(nina.allText()).toMatch(/Нужен ваш взгляд:\n• Семья № 1: никто не ведёт/)
  expect(nina.allText()).not.toMatch(/ничего не изменилось/)
  await comes('2026-11-25T11:30:00Z')
  await comes('2026-11-26T11:30:00Z')
  expect(orphaned()).toBe(1)
})

test('while the only supervisor is away or blocked the bot, others are told in their place, each once', async () => {
  const { world, anna, nina, office, comes } = await open()
  const boris = await world.staff('Борис', ['oktyabrsky'])
  const { id: ninaId } = await office.member('Нина')
  const at = new Date(tuesday)
  const data = { region: 'stavropol', territory: 'leninsky', stage: 'activities', safetyCopied: true }
  const add = () =>
    world.database.prisma.family.create({
      data: { ...data, appliedAt: at, createdAt: at },
      select: { number: true },
    })
  const orphans = (number: number) =>
    [anna, nina].map(
      (chat) => chat.allText().match(new RegExp(`№ ${number}: никто не ведёт`, 'g'))?.length ?? 0,
    )
  const away = { staffId: ninaId, from: new Date(0), until: new Date('2026-11-26') }
  await world.database.prisma.staffAbsence.create({ data: away })
  const first = await add()
  await comes('2026-11-25T11:30:00Z')
  expect(orphans(first.number)).toEqual([1, 0])

  // She is back, and no message reaches her.
  await world.database.prisma.staffAbsence.deleteMany()
  world.telegram.block(nina.id)
  const second = await add()
  await comes('2026-11-26T11:30:00Z')
  await comes('2026-11-26T11:35:00Z')
  expect(orphans(second.number)).toEqual([1, 0])
  for (const day of ['27', '30']) await comes(`2026-11-${day}T11:30:00Z`)
  expect([first, second].map(({ number }) => orphans(number)[0])).toEqual([1, 1])
  // Nobody of another territory may know of them.
  expect(boris.allText()).not.toMatch(/никто не ведёт/)
})

test('in the morning the agenda says it, and nothing comes twice', async () => {
  const { anna, comes, number } = await open()
  for (const day of ['25', '26']) await comes(`2026-11-${day}T06:01:00Z`)
  const before = anna.messages().length
  await comes('2026-11-27T06:01:00Z')
  const news = anna.messages().slice(before)
  expect(news).toHaveLength(1)
  expect(news[0]?.text).toMatch(
    new RegExp(`Доброе утро[\\s\\S]*Обращение ${number}. Скоро срок: решение комиссии`),
  )
})

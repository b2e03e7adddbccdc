import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { soon } from '#test/support/office.ts'
import { openWorld } from '#test/support/world.ts'

// Each role has a home of its own: what presses, what is theirs, and nothing for families.
const tuesday = '2026-11-24T09:00:00Z'

test('what a specialist has taken stays findable, the overdue first; the menu is theirs', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const numbers: string[] = []
  for (let count = 0; count < 8; count += 1) {
    const number = await submitAsParent(world.person())
    await expect.poll(() => anna.allText(), soon).toContain(number)
    await anna.tap('Взять')
    numbers.push(number)
  }
  const [first = '', second = ''] = numbers
  // Its family has waited for longest.
  await world.database.prisma.readingPromise.updateMany({
    where: { request: { number: second } },
    data: { dueAt: new Date('2026-11-24T08:00:00Z') },
  })
  await anna.play([['/menu', /Здравствуйте, Анна[\s\S]*Просрочено: 1\. Срок скоро: 7\./]])
  const labels = anna.buttons(anna.card()).map(({ text }) => text)
  expect(labels).not.toContain('Попросить о помощи')
  expect(labels.slice(0, 3)).toEqual(['Мои обращения', 'Очередь', 'Найти'])
  await anna.play([['Мои обращения', /У вас 8 обращений[\s\S]*Обещали ответить[\s\S]*Страница 1 из 2/]])
  expect(anna.text().indexOf(second)).toBeLessThan(anna.text().indexOf(first))
  await anna.play([
    ['Следующие ›', /Страница 2 из 2/],
    [numbers[7] ?? '', /Взято вами/],
    ['Мои дела', /У вас 8 обращений/],
    ['/help', /Мои обращения \(\/mine\)/],
  ])
  expect(anna.text()).not.toMatch(/Вы отвечаете на вопросы/)
  const commands = world.telegram.commands(anna.id).map(({ command }) => command)
  expect(commands).toEqual([
    'mine',
    'queue',
    'families',
    'visits',
    'find',
    'call',
    'desk',
    'menu',
    'help',
    'language',
  ])
})

test('families by what they need, with first names for their curator, and without for supervisors', async () => {
  const family = await openWithFamily()
  const { curator, supervisor, member, another, path, world } = family
  const quiet = (await family.key.get(path)).body as { number: number }
  const other = await another()
  await member('parent', 'Ольга')
  const dasha = await member('minor', 'Даша', other)
  await dasha.play([
    ['Написать куратору', 'messages'],
    [{ words: 'Когда вы придёте?' }, /Прочитает Ирина/],
  ])
  await curator.play([['/menu', /Не прочитано: 1|Срок скоро: 1/]])
  await curator.play([['Мои семьи', /2 семьи на сопровождении/]])
  expect(curator.text()).toMatch(/Даша[\s\S]*Ольга/)
  expect(curator.buttons(curator.card())[0]?.text).toMatch(/Даша$/)
  expect(curator.card().has_protected_content).toBe(true)
  const names = () => world.database.prisma.auditEntry.count({ where: { action: 'family.names' } })
  expect(await names()).toBe(2)
  await curator.play([['/families', /Даша/]])
  expect(await names()).toBe(2)
  await supervisor.play([
    ['/families', /2 семьи[\s\S]*Ведёт: Ирина/],
    ['/mine', /Открытых обращений на ваших территориях нет/],
  ])
  expect(supervisor.allText()).not.toMatch(/Даша|Ольга/)
  await supervisor.play([[`/families`, new RegExp(`№ ${quiet.number}`)]])
})

test('somebody takes a request while another one has it open from the list: the open card says so', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const vera = await world.staff('Вера', ['leninsky'])
  const number = await submitAsParent(world.person())
  await expect.poll(() => anna.allText() + vera.allText(), soon).toContain(number)
  const [holder, other] = anna.allText().includes(number) ? [anna, vera] : [vera, anna]
  await other.play([
    ['/queue', 'queue'],
    [number, 'case'],
  ])
  expect(other.text()).toMatch(/Ждёт специалиста/)
  const card = other.card().message_id
  await holder.tap('Взять')
  await expect.poll(() => other.text(), soon).toMatch(/Взято: (Анна|Вера)/)
  expect(other.card().message_id).toBe(card)
  expect(other.buttons(other.card()).map(({ text }) => text)).not.toContain('Взять')
  // Its buttons work still.
  await other.play([['Очередь', /Никто не ждёт/]])
})

import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import type { Chat } from '#test/support/chat.ts'
import { operatorOf } from '#test/support/operator.ts'
import { staffIdOf } from '#test/support/submitted.ts'
import { openWorld, type World } from '#test/support/world.ts'

const whereItLives = [
  ['/start', 'home'],
  ['Попросить о помощи', 'question.applicant'],
  ['Пишу о другой семье', 'question.personalData'],
  ['Даю согласие', 'question.ownWords'],
  [{ words: 'Мальчик гуляет зимой без куртки.' }, 'question.danger'],
  ['Нет', 'question.territory'],
] as const

const toTheEnd = [
  [{ words: 'Лесная, 5' }, 'question.seenWhen'],
  ['На этой неделе', 'question.circumstances'],
  ['Не знаю, как назвать', 'question.safeContact'],
  ['Никак, зайду позже', 'question.name'],
  ['Без имени', 'question.mayName'],
  ['Нет, не называйте', 'summary'],
] as const

const labels = (chat: Chat) => chat.buttons(chat.card()).map(({ text }) => text)
const territoryOfLast = async ({ database }: World) =>
  (await database.prisma.request.findFirstOrThrow({ orderBy: { number: 'desc' } })).territory

test('an operator adds a territory, renames it and retires it; families, staff and history follow', async () => {
  const world = await openWorld()
  const { command } = await operatorOf(world)
  const added = await command({
    name: 'territory-add',
    code: 'nevinnomyssk',
    ru: 'Невинномысск',
    en: 'Nevinnomyssk',
    called: [],
    areaCode: '86554',
  })
  expect(added.join(' ')).toMatch(/Added nevinnomyssk: Невинномысск.*невинномысск, nevinnomyssk/)
  expect(await command({ name: 'territory-list' })).toContainEqual(
    'nevinnomyssk\tНевинномысск\tNevinnomyssk\tnobody serves it',
  )
  await expect(
    command({ name: 'territory-add', code: 'nevinnomyssk', ru: 'Ещё', en: 'More', called: [] }),
  ).rejects.toThrow(/in use, or was once/)
  const vera = await world.staff('Вера', ['nevinnomyssk'])

  // The app's own list follows by itself; a person who types the place is understood in any case.
  let nina = world.person()
  await expect
    .poll(async () => {
      nina = world.person()
      await nina.play(whereItLives)
      return labels(nina)
    })
    .toContain('Невинномысск')
  await nina.play([
    [{ words: 'живут в Невинномысске' }, /Невинномысск/],
    ['Да, верно', 'question.whichFamily'],
    ...toTheEnd,
    ['Отправить', 'status'],
  ])
  expect(await territoryOfLast(world)).toBe('nevinnomyssk')
  await expect.poll(() => vera.text()).toContain('Территория: Невинномысск')

  // A name stands everywhere at once, also where the old one stood.
  await command({ name: 'territory-rename', code: 'nevinnomyssk', ru: 'Город Невинномысск', called: [] })
  const key = await keyOf(world)
  const listed = async () =>
    ((await key.get('/territories')).body as { items: { code: string; name: object }[] }).items
  expect((await listed()).find(({ code }) => code === 'nevinnomyssk')).toMatchObject({
    name: { ru: 'Город Невинномысск', en: 'Nevinnomyssk' },
    retiredAt: null,
    staff: [{ role: 'intake' }],
  })

  // Withdrawn, and nobody knows yet whether the child is safe: that is work as well.
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  const paper = { on: world.clock.now().toISOString().slice(0, 10), ground: 'Позвонили и отозвали' }
  expect(await key.post(`/requests/${id}/withdraw`, paper)).toMatchObject({ body: { safetyCheck: 'open' } })

  // Somebody has the list before them while the territory goes.
  const late = world.person()
  await late.play([...whereItLives, ['Город Невинномысск', 'question.whichFamily'], ...toTheEnd])
  await expect(command({ name: 'territory-retire', code: 'nevinnomyssk' })).rejects.toThrow(
    /1 staff \(Вера\), 1 open requests, 0 families/,
  )
  await expect(command({ name: 'territory-retire', code: 'nevinnomyssk', to: 'atlantis' })).rejects.toThrow(
    '--to must be another territory',
  )
  const retired = await command({ name: 'territory-retire', code: 'nevinnomyssk', to: 'shpakovsky' })
  expect(retired.join(' ')).toMatch(/To shpakovsky: 1 staff \(Вера\), 1 open requests, 0 families/)
  expect(await territoryOfLast(world)).toBe('shpakovsky')
  await late.tap('Отправить')
  expect(await territoryOfLast(world)).toBe('shpakovsky')
  const { territories } = await world.database.prisma.staffMember.findFirstOrThrow()
  expect(territories).toEqual(['nevinnomyssk', 'shpakovsky'])

  // Staff keep the code of before, and are still colleagues of whoever supervises what took over.
  const elena = await world.staff('Елена', ['shpakovsky'], 'supervisor')
  await elena.play([
    ['/menu', 'home'],
    ['Сотрудники', /Вера/],
  ])
  const work = await key.get(`/staff/${await staffIdOf(world, 'Вера')}/work`)
  expect(work.body).toMatchObject({ uncovered: ['shpakovsky'] })

  // Nobody is offered it; its code keeps its name.
  await expect
    .poll(async () => {
      const other = world.person()
      await other.play(whereItLives)
      return labels(other)
    })
    .not.toContain('Город Невинномысск')
  expect((await listed()).find(({ code }) => code === 'nevinnomyssk')).toMatchObject({
    name: { ru: 'Город Невинномысск' },
    successor: 'shpakovsky',
  })
  await expect(command({ name: 'territory-retire', code: 'nevinnomyssk' })).rejects.toThrow(/retired already/)
  const audit = await world.database.prisma.auditEntry.count({ where: { action: 'territories.changed' } })
  expect(audit).toBe(3)
})

import { expect, test } from 'vitest'
import { openOffice } from '#test/support/office.ts'
import { reasonsIn } from '#test/support/urgent-reasons.ts'
import { openWorld } from '#test/support/world.ts'

const asChild = [
  ['/start', 'home'],
  ['Попросить о помощи', 'question.applicant'],
  ['Мне меньше 18 лет', 'question.birthDate'],
  [{ words: '12.03.2019' }, 'under-ten'],
] as const

test('a child under ten who is frightened calls an adult in two taps; the centre learns the account and nothing else', async () => {
  const world = await openWorld()
  const anna = await world.staff('Анна', ['leninsky'], 'intake')
  const boss = await world.staff('Елена', ['leninsky'], 'supervisor')
  const child = world.person({ firstName: 'Миша' })
  await child.play([...asChild, ['Да', 'under-ten-help']])
  expect(child.text()).toMatch(/112[\s\S]*124/)
  expect(await world.database.prisma.person.count({ where: { staff: null } })).toBe(0)
  await child.play([['Позвать взрослого', 'under-ten-called']])
  const request = await world.database.prisma.request.findFirstOrThrow()
  expect(request).toMatchObject({ urgent: true, ground: '152-fz-6-1-6' })
  expect(await reasonsIn(world)).toEqual(['under-ten'])
  expect(await world.database.prisma.consent.count()).toBe(0)
  await child.play([
    ['/menu', 'home'],
    ['/status', /Взрослые из центра знают, что ты зовёшь\. Прочитает Анна[\s\S]*звони 112/],
  ])
  // Stages, terms and numbers are nothing for a child, and «nobody comes» is no comfort to one who called.
  expect(child.allText()).not.toMatch(/комисси|Срок|Никто из центра не придёт|рабочих дн|Обращение \d/)
  await expect.poll(() => anna.text()).toMatch(/Ребёнок младше десяти[\s\S]*152-ФЗ, ст\. 6, ч\. 1, п\. 6/)
  expect(anna.text()).toMatch(/Обращается: ребёнок младше десяти/)
  expect(anna.allText()).not.toMatch(/2019|Миша/)
  await anna.byHand(`-.contact.${request.id}`)
  expect(anna.allText()).toContain(`telegram:${child.id}`)
  await (await openOffice(world)).later(16, 'escalation')
  await expect.poll(() => boss.allText()).toMatch(/Ребёнок младше десяти/)
})

test('a child who is not frightened reads whom to tell and call; nothing is stored', async () => {
  const world = await openWorld()
  const child = world.person({ firstName: 'Миша' })
  await child.play([...asChild, ['Нет', 'too-young']])
  expect(child.text()).toMatch(/учителю[\s\S]*124[\s\S]*Ответы не сохранены/)
  expect(child.text()).not.toMatch(/маму/)
  expect(await world.database.prisma.person.count()).toBe(0)
})

test('a child who answers in words is led to an adult, and never to an application', async () => {
  const world = await openWorld()
  const child = world.person({ firstName: 'Миша' })
  await child.play([
    ...asChild,
    [{ words: 'боюсь папу' }, 'heard'],
    ['Передать центру сейчас', /прочитает твои слова/],
  ])
  const other = world.person({ firstName: 'Лёва' })
  await other.play([...asChild, [{ words: 'мне грустно' }, /прочитает твои слова/]])
  expect(await world.database.prisma.person.count()).toBe(0)
})

test('words from before the question are not kept, either', async () => {
  const world = await openWorld()
  const child = world.person({ firstName: 'Миша' })
  await child.play([
    ['/start', 'home'],
    [{ words: 'деньги пропали' }, 'hand-over'],
    ...asChild.slice(0, -1),
    [asChild.at(-1)?.[0] ?? '', 'under-ten'],
    ['/cancel', 'cancelled'],
  ])
})

test('the same question in English', async () => {
  const world = await openWorld()
  const child = world.person({ languageCode: 'en' })
  await child.start()
  for (const label of [/Ask for help/, /under 18/i]) {
    const button = child.buttons(child.card()).find(({ text }) => label.test(text))
    if (!button) throw new Error(`no ${label} on: ${child.text()}`)
    await child.tap(button.text)
  }
  await child.play([
    [{ words: '12.03.2019' }, /Are you scared or hurt right now/],
    ['Yes', /112[\s\S]*124/],
    ['Call an adult', /Your call has gone to an adult/],
  ])
})

test('whoever takes it reads that only the child learns of it', async () => {
  const world = await openWorld()
  const anna = await world.staff('Анна', ['leninsky'], 'intake')
  await world
    .person({ firstName: 'Миша' })
    .play([...asChild, ['Да', 'under-ten-help'], ['Позвать взрослого', 'under-ten-called']])
  await expect.poll(() => anna.text()).toMatch(/Ребёнок младше десяти/)
  const answer = await world.telegram.tap(anna.id, anna.card().message_id, anna.dataOf('Взять'))
  expect(answer).toMatchObject({ text: 'Теперь это ваше. Кто ответит, узнает только ребёнок.' })
})

import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { openWithFamily } from '#test/support/family.ts'
import { staffIdOf } from '#test/support/submitted.ts'
import { tapsOf } from '#test/support/taps.ts'
import { openWorld } from '#test/support/world.ts'

const from = 'Метка: соседка с Ленина 5 о семье Петровых, Ленинский район'
const words = 'Метка: дети часто одни дома до вечера'

test('a specialist writes a message down in five taps, finds its family and says that it was not confirmed', async () => {
  const { world, curator, path, familyId } = await openWithFamily()
  const anna = await world.staff('Анна', ['leninsky'])
  const { prisma } = world.database
  const taps = await tapsOf(anna, [
    ['/menu', 'home'],
    ['Записать сообщение', /Кто сообщил/],
    ['Человек со стороны', /От кого и о ком/],
    [{ words: from }, /Что сообщили/],
    ['/menu', /Начатое сообщение не записано/],
    ['Вернуться к сообщению', /Что сообщили/],
    [{ words }, /Получено: сегодня[\s\S]*Сроки от сообщения не идут/],
    ['Записать', /Сообщение № 1 записано/],
  ])
  expect(taps - 1).toBeLessThanOrEqual(5)
  expect(await prisma.request.count()).toBe(0)
  const row = await prisma.incomingAppeal.findFirstOrThrow()
  expect(row).toMatchObject({ territory: 'leninsky', source: 'other-person', urgent: false })
  expect(JSON.stringify(row)).not.toMatch(/Метка|Петров/)

  const family = await prisma.family.findUniqueOrThrow({ where: { id: familyId } })
  await anna.play([
    ['Сообщения', /№ 1 · Человек со стороны · 25 ноября/],
    ['№ 1', /Метка: дети часто одни/],
    ['Это о нашей семье', /Напишите номер семьи/],
    [{ words: '999' }, /Такой семьи на ваших территориях нет/],
    [{ words: `семья № ${family.number}` }, new RegExp(`сообщение касается семьи № ${family.number}`)],
  ])
  await expect.poll(() => curator.allText(), { timeout: 30_000 }).toMatch(/сообщение о вашей семье: № 1/)
  await curator.play([
    ['Открыть', /Метка: соседка/],
    ['Не подтвердилось', /Почему сообщение № 1/],
    [{ words: 'Метка: это о соседях' }, /Не подтвердилось: Метка: это о соседях/],
  ])
  await curator.byHand(`-.f-incoming.${familyId}`)
  expect(curator.text()).toMatch(/№ 1 · Человек со стороны · 25 ноября · не подтвердилось/)
  expect(path).toContain(familyId)
})

test('about a family whose curator is away or has left: the specialists are told, and a supervisor without them', async () => {
  const { world, curator, curatorId, supervisor, key, familyId } = await openWithFamily()
  const anna = await world.staff('Анна', ['leninsky'])
  const { prisma } = world.database
  const message = { source: 'municipal-body', receivedOn: '2026-11-24', from, words, familyId }
  const comes = async () => {
    const { body } = await key.post('/incoming', { ...message, territory: 'leninsky' })
    const { number } = body as { number: number }
    return new RegExp(`сообщение о семье: № ${number}\\. Её куратора сейчас нет`)
  }
  const away = (staffId: string) => ({ staffId, from: new Date(0), until: new Date('2027-01-01') })
  await prisma.staffAbsence.create({ data: away(curatorId) })
  const first = await comes()
  await expect.poll(() => anna.allText(), { timeout: 30_000 }).toMatch(first)
  await anna.play([['Открыть', /Метка: дети часто одни/]])
  await prisma.staffAbsence.create({ data: away(await staffIdOf(world, 'Анна')) })
  const second = await comes()
  await expect.poll(() => supervisor.allText(), { timeout: 30_000 }).toMatch(second)
  expect(anna.allText()).not.toMatch(second)
  expect(curator.allText()).not.toMatch(/семье: № [12]\b/)
})

test('a specialist who writes it down themselves is nobody’s reason not to tell somebody else', async () => {
  const { world, curator, curatorId, supervisor, familyId } = await openWithFamily()
  const anna = await world.staff('Анна', ['leninsky'])
  const { prisma } = world.database
  await prisma.staffAbsence.create({
    data: { staffId: curatorId, from: new Date(0), until: new Date('2027-01-01') },
  })
  const { number } = await prisma.family.findUniqueOrThrow({ where: { id: familyId } })
  await anna.play([
    ['/menu', 'home'],
    ['Записать сообщение', /Кто сообщил/],
    ['Человек со стороны', /От кого и о ком/],
    [{ words: from }, /Что сообщили/],
    [{ words }, /Получено: сегодня/],
    ['Записать', /Сообщение № 1 записано/],
    ['Сообщения', /№ 1 · Человек со стороны/],
    ['№ 1', /Метка: дети часто одни/],
    ['Это о нашей семье', /Напишите номер семьи/],
    [{ words: `${number}` }, new RegExp(`сообщение касается семьи № ${number}`)],
  ])
  await expect
    .poll(() => supervisor.allText(), { timeout: 30_000 })
    .toMatch(/о семье: № 1\. Её куратора сейчас нет/)
  expect(curator.allText()).not.toMatch(/: № 1\b/)
})

test('another day, words of danger and another district; nobody else opens it', async () => {
  const world = await openWorld({ at: '2026-11-25T07:00:00Z', region: 'novgorod' })
  const [near = '', far = ''] = (
    await keyOf(world)
      .then((key) => key.get('/territories'))
      .then(({ body }) => body as { items: { code: string }[] })
  ).items.map(({ code }) => code)
  const anna = await world.staff('Анна', [near])
  const boris = await world.staff('Борис', [far])
  await anna.play([
    ['/menu', 'home'],
    ['Записать сообщение', /Кто сообщил/],
    ['«Скорая семейная помощь»', /От кого и о ком/],
    [{ words: 'Выезд к Ивановым' }, /Что сообщили/],
    [{ words: 'Отчим бьёт мать, дети плачут' }, /Записать сообщение/],
    ['Получено не сегодня', /Когда это получили/],
    [{ words: '30 ноября 2026' }, /Такой день не подходит/],
    [{ words: '20.11' }, /Получено: 20 ноября/],
    // The urgent card comes below the receipt, or before it.
    ['Записать', /передано как срочное|Срочно/],
  ])
  await expect.poll(() => anna.allText()).toMatch(/передано как срочное/)
  const { prisma } = world.database
  const row = await prisma.incomingAppeal.findFirstOrThrow()
  expect(row).toMatchObject({ source: 'family-ambulance', urgent: true, territory: near })
  expect(row.receivedOn.toISOString()).toMatch(/^2026-11-20/)
  expect(await prisma.request.findFirstOrThrow()).toMatchObject({ urgent: true, source: 'in-person' })
  await boris.byHand(`-.in-one.${row.id}`)
  expect(boris.text()).not.toMatch(/Ивановым/)
  const olga = world.person()
  await olga.start()
  for (const tap of ['-.in-new.', '-.in-list.', `-.in-one.${row.id}`]) {
    await olga.byHand(tap)
    expect(olga.text()).not.toMatch(/Ивановым|Кто сообщил|ничего не решено/)
  }
})

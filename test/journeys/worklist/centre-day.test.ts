import { expect, test } from 'vitest'
import type { Chat, Deed, Expected } from '#test/support/chat.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { openOffice } from '#test/support/office.ts'
import { operatorOf } from '#test/support/operator.ts'
import { planWorkbook, sendsFile } from '#test/support/plan-workbook.ts'
import { staffIdOf } from '#test/support/submitted.ts'
import { tapsOf } from '#test/support/taps.ts'
import { timePasses, workPasses } from '#test/support/waiting.ts'
import { openWorld } from '#test/support/world.ts'

const mostTaps = 5

/** What somebody does is done in as many taps as anybody would put up with. */
const inFewTaps = async (chat: Chat, steps: readonly (readonly [Deed, Expected])[]): Promise<void> =>
  expect(await tapsOf(chat, steps)).toBeLessThanOrEqual(mostTaps)

/** The first row of the list on the card. */
const first = (chat: Chat) => chat.tap(chat.buttons(chat.card())[0]?.text ?? '')

test('a centre of three lives in the bot and the command line alone: from an empty database to a leaver', async () => {
  const world = await openWorld({ at: '2026-11-24T06:00:00Z' })
  const office = await openOffice(world)
  const operator = await operatorOf(world)
  const joins = async (staffName: string, role: 'intake' | 'curator' | 'supervisor') => {
    const printed = await operator.command({ name: 'staff-add', staffName, role, territories: ['leninsky'] })
    const chat = world.person({ firstName: staffName })
    await chat.start(/start=(s_[\w-]+)/.exec(printed.join('\n'))?.[1] ?? '')
    return chat
  }
  const [anna, irina, elena] = [
    await joins('Анна', 'intake'),
    await joins('Ирина', 'curator'),
    await joins('Елена', 'supervisor'),
  ]

  // The specialist: a request in the bot is taken, answered and accepted.
  const olga = world.person({ firstName: 'Ольга' })
  const number = await submitAsParent(olga)
  await expect.poll(() => anna.text()).toContain(number)
  await anna.tap('Взять')
  await inFewTaps(anna, [
    [{ words: 'Ольга, здравствуйте. Я Анна, читаю вас.' }, /Кому: семье, обращение/],
    ['Отправить', /Записано/],
  ])
  await inFewTaps(anna, [
    [{ words: 'Метка: мужу не звонить' }, /Кому: семье, обращение/],
    ['Записать для своих', /Заметка записана/],
  ])
  await olga.play([[{ words: 'Спасибо, что ответили. Сын опять не встал.' }, /Прочитает Анна/]])
  await anna.play([['/mine', /Ждут ответа/]])
  await first(anna)
  await inFewTaps(anna, [
    ['Принять или закрыть', /Что решили/],
    ['Берём на сопровождение', /Какой уровень/],
    ['кризисный', /Кто будет куратором/],
    ['Ирина', /Семья прочитает/],
    ['Принять семью', /Принято: семья № 1/],
  ])

  // And one by phone, which is closed in words.
  await inFewTaps(anna, [
    ['/call', /1 из 3/],
    [{ words: 'Соседка с Ленина 5: Маша, 7 лет, Ленинский район' }, /2 из 3/],
    [{ words: 'Плачет за стеной второй день' }, /3 из 3/],
    [{ words: '8 928 111 22 33' }, /Передать как срочное/],
    ['Передать сейчас', /передано как срочное|Источник: звонок/],
  ])
  await expect.poll(() => anna.allText()).toMatch(/Источник: звонок/)
  const call = await world.database.prisma.request.findFirstOrThrow({ where: { source: 'phone' } })
  await anna.byHand(`-.take.${call.id}`)
  await anna.byHand(`-.card.${call.id}`)
  await inFewTaps(anna, [
    ['Принять или закрыть', /Что решили/],
    ['Сопровождение не нужно', /Почему/],
    [{ words: 'Съездили: ребёнок простыл, мама рядом.' }, /никто не прочитает/],
    ['Закрыть обращение', /Обращение закрыто/],
  ])

  // The curator: plan from a workbook, a visit, what came of it.
  await irina.play([['/mine', /№ 1 · Ольга/]])
  await first(irina)
  expect(irina.text()).toMatch(/Этап: План помощи/)
  await inFewTaps(irina, [
    ['План', /пока нет плана/],
    [sendsFile(await planWorkbook(1, ['Встреча с психологом'])), /Новое: Встреча с психологом/],
    ['Опубликовать', /версия 1/],
  ])
  await irina.play([['/mine', /№ 1/]])
  await first(irina)
  await inFewTaps(irina, [
    ['Визиты', 'f-visits'],
    ['Новый визит', /Когда/],
    [{ words: 'завтра в 15:00' }, /На этой неделе уже есть: 0/],
    ['Назначить визит', /Визит назначен/],
  ])
  await timePasses(world, office, '2026-11-24T07:00:00Z')
  await expect.poll(() => olga.allText()).toMatch(/25 ноября, в 15:00/)
  world.clock.set('2026-11-25T13:30:00Z')
  await irina.play([
    ['/menu', /Визитов без отметки: 1/],
    ['Мои визиты', /Отметьте, был ли визит/],
  ])
  await first(irina)
  await irina.play([
    ['Состоялся', /Записано/],
    ['/menu', /Срочных дел сейчас нет/],
  ])
  await olga.play([[{ words: 'Ирина, стало легче, но ночью опять не спал' }, /Прочитает Ирина/]])

  // The supervisor: what was not read in time, the next morning.
  await workPasses(world, office, '2026-11-26T06:00:00Z')
  await expect.poll(() => elena.allText()).toMatch(/Просрочено\n• Семья № 1\. Обещали ответить/)

  // The curator leaves, by the command line; another one goes on, and ends the support.
  const maria = await joins('Мария', 'curator')
  const [staffId, to] = [await staffIdOf(world, 'Ирина'), await staffIdOf(world, 'Мария')]
  await operator.command({ name: 'staff-leave', staffId, to })
  await expect.poll(() => maria.allText()).toMatch(/Теперь вы ведёте семью № 1/)
  await olga.play([['/menu', /Куратор семьи – Мария/]])
  await maria.play([['/mine', /№ 1 · Ольга/]])
  await first(maria)
  await inFewTaps(maria, [
    ['Дело', 'family-file'],
    ['Этап и уровень', 'family-stage'],
    ['Закончить сопровождение', /Почему/],
    ['Цели достигнуты', /Визиты впереди отменятся/],
    ['Закончить', /Сопровождение закончено/],
  ])
  await olga.play([['/menu', /Сопровождение семьи закончено/]])
  expect(olga.allText()).not.toMatch(/Метка/)
})

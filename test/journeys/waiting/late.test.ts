import { expect, test } from 'vitest'
import { minorAnswers, minorSubmits, submitAsParent } from '#test/support/intake.ts'
import { openOffice } from '#test/support/office.ts'
import { timePasses } from '#test/support/waiting.ts'
import { openWorld } from '#test/support/world.ts'

// Who reads it by when is a promise. When that time has passed without a human word, we say so first.
const tuesday = '2026-11-24T09:00:00Z'

const open = async (at = tuesday) => {
  const world = await openWorld({ at })
  const office = await openOffice(world)
  const anna = await world.staff('Анна', ['leninsky'])
  const nina = await world.staff('Нина', ['leninsky'], 'supervisor')
  const olga = world.person()
  const lateness = () => olga.allText().match(/У вас новое сообщение/g)?.length ?? 0
  const told = () => nina.allText().match(/Мы опаздываем/g)?.length ?? 0
  return {
    world,
    office,
    anna,
    nina,
    olga,
    lateness,
    told,
    comes: (at: string) => timePasses(world, office, at),
  }
}

test('eight days of silence: a notice each working day, and a card to the supervisor', async () => {
  const { anna, nina, olga, comes, lateness, told } = await open()
  const number = await submitAsParent(olga)
  expect(olga.text()).toMatch(/Прочитает Анна, сегодня до 18:00/)
  await comes('2026-11-24T14:58:00Z')
  expect([lateness(), told()]).toEqual([0, 0])
  await comes('2026-11-24T15:01:00Z')
  expect([lateness(), told()]).toEqual([1, 1])
  expect(nina.allText()).toMatch(new RegExp(`обращению ${number} обещали .* до 18:00. Его ещё никто не взял`))
  expect(anna.allText()).toMatch(/Мы опаздываем/)
  await olga.play([['Посмотреть', /Мы опаздываем, извините/]])
  expect(olga.text()).toMatch(
    /во вторник, 24 ноября, до 18:00, и не ответили[\s\S]*Об этом знает старший специалист: Нина/,
  )
  // Wednesday to Friday, not at the weekend, Monday and Tuesday.
  for (const day of ['25', '26', '27', '28', '29', '30']) await comes(`2026-11-${day}T15:01:00Z`)
  await comes('2026-12-01T15:01:00Z')
  expect([lateness(), told()]).toEqual([6, 6])
  await anna.play([
    ['Открыть', 'case'],
    ['Взять', /Взято вами/],
  ])
  // Whoever has it has not said a word yet.
  await comes('2026-12-02T15:01:00Z')
  expect(told()).toBe(7)
  expect(nina.allText()).toMatch(/Взято: Анна, ответа нет/)
  // Whoever has to act has the number one tap away, also if another one has the request.
  await nina.tap('Контакты')
  expect(nina.allText()).toMatch(/\+79001112233/)
  await anna.play([
    ['Открыть', 'case'],
    ['Написать семье', 'write'],
    [{ words: 'Здравствуйте, я Анна.' }, /Семья получит/],
  ])
  const before = lateness()
  await comes('2026-12-10T15:01:00Z')
  expect([lateness(), told()]).toEqual([before, 7])
})

test('where writing is unsafe nothing is sent; the supervisor learns of it, and the card says it', async () => {
  const { world, nina, comes, told } = await open()
  const dasha = world.person({ firstName: 'Даша' })
  await dasha.play([...minorAnswers('Нет, это небезопасно'), ...minorSubmits])
  const before = dasha.messages().length
  await comes('2026-11-24T15:01:00Z')
  expect(told()).toBe(1)
  expect(dasha.messages()).toHaveLength(before)
  expect(nina.allText()).not.toMatch(/Даша/)
  await dasha.play([['/menu', /Мы опаздываем/]])
})

test('what was promised «from nine» is said to be late in the same words, to the family and to staff', async () => {
  const { nina, olga, comes } = await open('2026-11-24T19:00:00Z')
  await submitAsParent(olga)
  expect(olga.text()).toMatch(/Прочитает Анна, [^\n]*с 9:00/)
  await comes('2026-11-25T15:01:00Z')
  await olga.play([['/status', /Обещали прочитать и ответить [^\n]*25 ноября, с 9:00, и не ответили/]])
  expect(olga.text()).not.toMatch(/до 18:00, и не/)
  expect(nina.allText()).toMatch(
    /обещали прочитать и ответить [^\n]*25 ноября, с 9:00\. Его ещё никто не взял/,
  )
})

test('a late card of what is urgent names 112 once, and does not say that it is read first', async () => {
  const { world, olga, comes } = await open()
  await submitAsParent(olga)
  await world.database.prisma.request.updateMany({ data: { urgent: true } })
  await comes('2026-11-24T15:01:00Z')
  await olga.play([['/status', /Мы опаздываем, извините/]])
  expect(olga.text()).not.toMatch(/первым/)
  expect(olga.text().match(/\b112\b/g)).toHaveLength(1)
})

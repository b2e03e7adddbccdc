import { describe, expect, test } from 'vitest'
import { draftOf } from '#test/support/drafts.ts'
import { minorAnswers, parentAnswers, type Steps } from '#test/support/intake.ts'
import { openWorld, useWorld, type World } from '#test/support/world.ts'

const sunday = '2026-11-29T09:00:00Z'

const upTo = (screen: string, steps: Steps = parentAnswers()): Steps =>
  steps.slice(0, steps.findIndex(([, shown]) => shown === screen) + 1)

const shared = useWorld({ at: sunday })

const parentAt = async (screen: string) => {
  const world = await shared()
  const olga = world.person()
  await olga.play(upTo(screen))
  return { olga, draft: () => draftOf(world.database, olga) }
}

const childAt = async (screen: string, own?: World) => {
  const world = own ?? (await shared())
  const dasha = world.person()
  await dasha.play(upTo(screen, minorAnswers('Да, можно')))
  return { world, dasha, draft: () => draftOf(world.database, dasha) }
}

describe('a date of birth', () => {
  test.each(['12 03 2012', '12,03,2012', '12.3.12', '12 марта 2012 г.р.', 'двенадцатое марта 2012'])(
    '«%s» is taken',
    async (words) => {
      const { dasha } = await childAt('question.birthDate')
      await dasha.play([[{ words }, 'question.personalData']])
    },
  )

  test('«13» is understood, and «5 мая» completes it', async () => {
    const { dasha, draft } = await childAt('question.birthDate')
    await dasha.play([
      [{ words: 'мне 13' }, /Понятно. Напиши ещё день и месяц/],
      [{ words: '5 мая' }, /Верно: 5 мая 2013\?/],
      ['Да, верно', 'question.personalData'],
      ['Да, разрешаю', 'question.ownWords'],
    ])
    expect(await draft()).toMatchObject({ birthDate: '2013-05-05' })
  })

  test('two readings are two buttons; «нет» asks again, and words answer as a button does', async () => {
    const { dasha } = await childAt('question.birthDate')
    await dasha.play([
      [{ words: '12 мрта 2012' }, /Верно: 12 марта 2012\?/],
      [{ words: 'нет' }, /Напиши свою дату рождения/],
      [{ words: '110312' }, /1\. 11 марта 2012\n2\. 12 марта 2011/],
      ['Верно: 2', 'question.personalData'],
    ])
  })

  test('a child who says «мне 8» is asked, and answered like a child under ten', async () => {
    const { world, dasha } = await childAt('question.birthDate', await openWorld({ at: sunday }))
    await dasha.play([
      [{ words: 'мне 8' }, /Верно: 8 лет\?/],
      ['Да, верно', 'under-ten'],
    ])
    expect(await world.database.prisma.person.count()).toBe(0)
  })

  test('a cry is no date', async () => {
    const { dasha } = await childAt('question.birthDate')
    await dasha.say('папа опять пьяный')
    expect(dasha.text()).not.toMatch(/Верно/)
  })
})

describe('children', () => {
  test.each([
    ['2015 и 2019 г.р.', [2015, 2019]],
    ['2014, 2018', [2014, 2018]],
  ])('«%s» is certain', async (words, children) => {
    const { olga, draft } = await parentAt('question.children')
    await olga.play([[{ words }, 'question.safeContact']])
    expect(await draft()).toMatchObject({ children })
  })

  test('ages are asked about once, with the years that they mean', async () => {
    const { olga, draft } = await parentAt('question.children')
    await olga.play([
      [{ words: 'двое, 7 и 11 лет' }, /Верно: 7 лет, 11 лет \(2019, 2015 годы рождения\)\?/],
      [{ words: 'да' }, 'question.safeContact'],
    ])
    expect(await draft()).toMatchObject({ children: [2019, 2015] })
  })

  test('what else was said of the family is kept in the story', async () => {
    const { olga, draft } = await parentAt('question.children')
    await olga.play([
      [{ words: 'трое своих и племяшка под опекой' }, /Записано в ваш рассказ[\s\S]*Напишите возраст/],
      [{ words: '3, 5, 8 и 12 лет' }, /Верно: 3 года, 5 лет, 8 лет, 12 лет/],
      ['Да, верно', /./],
    ])
    expect(await draft()).toMatchObject({
      children: [2023, 2021, 2018, 2014],
      ownWords: expect.stringMatching(/\nтрое своих и племяшка под опекой$/),
    })
  })
})

test.each([
  ['да сейчас', 'danger', 'now'],
  ['да', 'danger', 'now'],
  ['нет', 'question.territory', 'no'],
  ['net', 'question.territory', 'no'],
  ['не знаю', 'question.territory', 'unknown'],
])('«%s» answers whether somebody is in danger', async (words, screen, danger) => {
  const { olga, draft } = await parentAt('question.danger')
  await olga.play([[{ words }, screen]])
  expect(await draft()).toMatchObject({ danger })
})

test('what says more than yes or no is told to people, and the question stays', async () => {
  const { olga } = await parentAt('question.danger')
  await olga.play([[{ words: 'нет денег на еду детям' }, /рассказ[\s\S]*угрожает опасность|телефон доверия/]])
})

test('«нет» is no leave to write to a child', async () => {
  const world = await openWorld({ at: sunday })
  const dasha = world.person()
  await dasha.play([
    [{ words: 'отчим бьёт меня' }, 'heard'],
    ['Передать центру сейчас', 'question.applicant'],
    ['Мне меньше 18 лет', 'question.personalData'],
    ['Да, разрешаю', 'question.territory'],
    ['Ставрополь, Ленинский район', 'question.safeToWrite'],
    [{ words: 'нет' }, 'question.supportRequest'],
  ])
  expect(await draftOf(world.database, dasha)).toMatchObject({ safeToWrite: 'no' })
})

test('a number is no name: it is kept in the story, and the question stays', async () => {
  const { olga, draft } = await parentAt('question.name')
  await olga.play([
    [{ words: '8-928' }, /Записано в ваш рассказ[\s\S]*Как к вам обращаться\?/],
    [{ words: 'Света' }, /./],
  ])
  expect(await draft()).toMatchObject({ name: 'Света', ownWords: expect.stringMatching(/8-928$/) })
})

describe('a phone', () => {
  test.each([
    ['+998 90 123 45 67', '+998901234567'],
    ['+7 701 123 4567', '+77011234567'],
    ['8 (928) 123-45-67', '+79281234567'],
  ])('%s is taken', async (words, phone) => {
    const { olga, draft } = await parentAt('question.phone')
    await olga.play([[{ words }, 'question.hours']])
    expect(await draft()).toMatchObject({ phone })
  })

  test('a wish beside the number is read by people', async () => {
    const { olga, draft } = await parentAt('question.phone')
    await olga.play([[{ words: '+7 928 1234567 только макс' }, 'question.hours']])
    expect(olga.text()).toMatch(/Записано в ваш рассказ/)
    const kept = await draft()
    expect(kept).toMatchObject({ phone: '+79281234567' })
    expect(kept?.ownWords).toMatch(/только макс/)
  })

  test('a landline without a code is of the place where the family lives', async () => {
    const { olga, draft } = await parentAt('question.phone')
    await olga.play([
      [{ words: '26-12-34' }, /Верно: \+7 865 226-12-34\?/],
      ['Да, верно', 'question.hours'],
    ])
    expect(await draft()).toMatchObject({ phone: '+78652261234' })
  })

  test('«не звоните» is no number', async () => {
    const { olga, draft } = await parentAt('question.phone')
    await olga.play([[{ words: 'не надо звонить' }, /Просите ли вы о помощи/]])
    expect(await draft()).toMatchObject({ phone: 'telegram-only' })
  })
})

describe('a place', () => {
  test('of the list is asked about, by its spoken name', async () => {
    const { olga, draft } = await parentAt('question.territory')
    await olga.play([
      [{ words: 'Шпаковский р-н, Михайловск' }, /Верно: Шпаковский округ\?/],
      ['Да, верно', 'question.circumstances'],
    ])
    expect(await draft()).toMatchObject({ territory: 'shpakovsky' })
  })

  test('of a town with several districts is chosen from them', async () => {
    const { olga, draft } = await parentAt('question.territory')
    await olga.play([
      [{ words: 'живём в Ставрополе' }, /1\. Ставрополь, Ленинский район/],
      ['Верно: 3', 'question.circumstances'],
    ])
    expect(await draft()).toMatchObject({ territory: 'promyshlenny' })
  })

  test('elsewhere is kept as it was written, without asking for it again', async () => {
    const { olga, draft } = await parentAt('question.territory')
    await olga.play([
      [{ words: 'Невинка' }, /Верно: Другое место – Невинка\?/],
      ['Да, верно', 'question.circumstances'],
    ])
    expect(await draft()).toMatchObject({ territory: 'other', territoryWords: 'Невинка' })
  })

  test('words that name no place stay words', async () => {
    const { olga, draft } = await parentAt('question.territory')
    await olga.say('он сейчас вернётся')
    olga.sees('question.territory')
    expect((await draft())?.ownWords).toMatch(/\nон сейчас вернётся$/)
  })
})

describe('hours', () => {
  test('are taken as they were said', async () => {
    const { olga, draft } = await parentAt('question.hours')
    await olga.play([[{ words: 'до обеда' }, /Просите ли вы о помощи/]])
    expect(await draft()).toMatchObject({ hours: ['morning'] })
  })

  test('with a day keep the words, too', async () => {
    const { olga, draft } = await parentAt('question.hours')
    await olga.play([
      [{ words: 'в понедельник после 3' }, /Записано в ваш рассказ[\s\S]*Просите ли вы о помощи/],
    ])
    expect(await draft()).toMatchObject({ hours: ['evening'] })
    expect((await draft())?.ownWords).toMatch(/в понедельник после 3/)
  })

  test('that say when it is dangerous are never turned into a time to call', async () => {
    const { olga, draft } = await parentAt('question.hours')
    await olga.say('папа дома до 8')
    expect(await draft()).not.toHaveProperty('hours')
    expect((await draft())?.ownWords).toMatch(/папа дома до 8/)
  })
})

test('a name is taken without what people write around it', async () => {
  const { olga, draft } = await parentAt('question.name')
  await olga.play([[{ words: 'меня зовут Лена' }, 'question.phone']])
  expect(await draft()).toMatchObject({ name: 'Лена' })
})

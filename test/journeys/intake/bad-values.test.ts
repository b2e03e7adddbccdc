import { expect, test } from 'vitest'
import type { Chat } from '#test/support/chat.ts'
import { draftOf } from '#test/support/drafts.ts'
import { adultSubmits, minorAnswers, parentAnswers, type Steps } from '#test/support/intake.ts'
import { openWorld } from '#test/support/world.ts'

const tuesday = '2026-11-24T09:00:00Z'

/** Metacharacters of various languages. */
const meta = `<b>Оля</b> & "Ко" <script>1</script> *я* _т_ \`ы\` [м](http://e.org) {{name}} $t(home.ask) &amp; %s \\n ~||x||`

const upTo = (screen: string, steps: Steps = parentAnswers()): Steps =>
  steps.slice(0, steps.findIndex(([, shown]) => shown === screen) + 1)
const after = (screen: string): Steps => parentAnswers().slice(upTo(screen).length)
const untilName = upTo('question.name').slice(upTo('question.circumstances').length)

type Refusals = readonly (readonly [string, RegExp])[]

/** Each is refused with its reason and asked again, and nothing of it is stored. */
const expectRefused = async (chat: Chat, screen: string, refusals: Refusals) => {
  for (const [words, reason] of refusals) {
    await chat.say(words)
    expect(chat.text(), words.slice(0, 40)).toMatch(reason)
    chat.sees(screen)
  }
}

test('metacharacters and marks are kept verbatim everywhere, including for the specialist', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['other'])
  const boris = await world.staff('Борис', ['other'])
  const olga = world.person()
  await olga.play([
    ...upTo('question.ownWords'),
    [{ words: `${meta}\n\n👩‍👧‍👦\u202Eконец\u0000` }, 'question.danger'],
    ['Нет', 'question.territory'],
    ['Другое место', 'question.territoryWords'],
    [{ words: meta }, 'question.circumstances'],
    ...untilName,
    [{ words: `Оля\u200F\u0000 ${meta.slice(0, 80)}` }, 'question.phone'],
    [(chat) => chat.shareContact(), 'question.hours'],
    ...after('question.hours'),
    ...adultSubmits,
  ])
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  await olga.play([
    ['Дописать', 'note'],
    [{ words: meta }, /Дописано/],
  ])
  await anna.byHand(`-.details.${id}`)
  expect(anna.text()).toContain(`Место словами: ${meta}`)
  await anna.byHand(`-.contact.${id}`)
  expect(anna.allText()).toContain(`Оля ${meta.slice(0, 80)}`)
  await anna.byHand(`-.pass.${id}`)
  await anna.play([[{ words: meta }, 'queue']])
  await boris.byHand(`-.story.${id}`)
  expect(boris.text()).toContain(`${meta}\n\n👩‍👧‍👦конец\n`)
  expect(boris.text().split(meta)).toHaveLength(4)
})

test('the maximum length is accepted whole, and one character more is refused, not cut', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await olga.play([
    ...upTo('question.ownWords'),
    // As much as Telegram lets a person write at once.
    [{ words: 'я'.repeat(4096) }, 'question.danger'],
    ['Нет', 'question.territory'],
    ['Другое место', 'question.territoryWords'],
  ])
  expect((await draftOf(world.database, olga))?.ownWords).toBe('я'.repeat(4096))
  await expectRefused(olga, 'question.territoryWords', [['я'.repeat(201), /длиннее 200/]])
  await olga.play([[{ words: 'я'.repeat(200) }, 'question.circumstances'], ...untilName])
  await expectRefused(olga, 'question.name', [
    ['я'.repeat(101), /длиннее 100/],
    ['👩‍👧‍👦', /Имя нужно буквами/],
    ['...', /Имя нужно буквами/],
  ])
  await olga.play([[{ words: '__proto__' }, 'question.phone']])
  expect((await draftOf(world.database, olga))?.name).toBe('__proto__')
})

test('years and phones of all kinds', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await olga.play(upTo('question.children'))
  await expectRefused(olga, 'question.children', [
    ['двое', /Напишите возраст или год рождения каждого/],
    ['2014.5', /Прочитать не получилось/],
    ['1e3', /Прочитать не получилось/],
    ['9'.repeat(400), /Прочитать не получилось/],
    ['2027', /похоже на опечатку/],
    ['1900', /похоже на опечатку/],
    ['0000', /похоже на опечатку/],
    [Array.from({ length: 21 }, () => '2014').join(' '), /больше двадцати/],
    ['٢٠١٤', /Прочитать не получилось/],
    ['14, 18', /Это можно понять по-разному/],
  ])
  await olga.play([[{ words: '2014 и 2018 г.' }, 'question.safeContact']])
  expect((await draftOf(world.database, olga))?.children).toEqual([2014, 2018])
  await olga.play([
    ['Писать и звонить', 'question.name'],
    [{ words: 'Ольга' }, 'question.phone'],
  ])
  await expectRefused(olga, 'question.phone', [
    ['1234', /Номер прочитать не получилось/],
    ['позвоните мне', /Номер прочитать не получилось/],
    ['+7 000 000 00 00', /Номер прочитать не получилось/],
    [`+7${'9'.repeat(60)}`, /Номер прочитать не получилось/],
    ['+375 00 000 00 00', /Номер прочитать не получилось/],
    ['928 123 45 6', /не хватает цифр/],
    ['тот же, что в телеге', /Отправьте его кнопкой/],
    ['80291234567', /Верно: \+375291234567\?/],
  ])
  await olga.shareContact({ firstName: 'Пётр', phone: '+79005554433' })
  expect(olga.text()).toMatch(/номер другого человека/)
  world.telegram.shareContact(olga.id, { phone: '000' })
  await olga.settle()
  expect(olga.text()).toMatch(/Номер прочитать не получилось/)
  expect(await draftOf(world.database, olga)).not.toHaveProperty('phone')
  await olga.play([[{ words: '8 (912) 345-67-89' }, 'question.hours']])
  expect((await draftOf(world.database, olga))?.phone).toBe('+79123456789')
})

test('dates of birth of all kinds', async () => {
  const world = await openWorld({ at: tuesday })
  const dasha = world.person()
  await dasha.play(upTo('question.birthDate', minorAnswers('Да, можно')))
  await expectRefused(dasha, 'question.birthDate', [
    ['четырнадцать', /Понятно. Напиши ещё день и месяц/],
    ['12.15.2012', /Верно: 15 декабря 2012\?/],
    ['9'.repeat(400), /прочитать не получилось/],
    ['NaN.NaN.NaN', /прочитать не получилось/],
    ['31.02.2012', /Такой даты нет/],
    ['00.00.0000', /Такой даты нет/],
    ['29.02.2013', /Такой даты нет/],
    ['01.01.2030', /ещё не наступила/],
    ['01.01.9999', /ещё не наступила/],
    ['01.01.0001', /слишком давняя/],
    ['01.01.1850', /слишком давняя/],
  ])
  expect(await world.database.prisma.person.count()).toBe(0)
  await dasha.play([[{ words: '12 марта 2012 г.' }, 'question.personalData']])
})

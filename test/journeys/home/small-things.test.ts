import { expect, test } from 'vitest'
import type { Chat } from '#test/support/chat.ts'
import { adultSubmits, parentAnswers } from '#test/support/intake.ts'
import { openWorld } from '#test/support/world.ts'

const tuesday = '2026-11-24T09:00:00Z'

const styles = (chat: Chat) =>
  new Map(
    chat
      .buttons(chat.card())
      .map(({ text, ...button }) => [text, 'style' in button ? button.style : undefined]),
  )

test('the crisis button and «Отправить» stand out by the style of the app', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await olga.play([...parentAnswers(), ...adultSubmits.slice(0, -1)])
  expect(styles(olga).get('Отправить')).toBe('primary')
  expect(styles(olga).get('Срочная помощь')).toBe('danger')
  expect(styles(olga).get('Меню')).toBeUndefined()
})

test('how long the questions take is said before them, and not once they are answered', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await olga.play([['/start', /Вопросы займут/]])
  await olga.play([...parentAnswers().slice(1), ['/menu', 'home']])
  expect(olga.text()).not.toMatch(/займут/)
  await olga.play([['Продолжить', /./], ...adultSubmits, ['/menu', 'home']])
  expect(olga.text()).not.toMatch(/займут/)
})

test('ticks are told in the order of the list, whatever was tapped first', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await olga.play([
    ...parentAnswers().slice(0, parentAnswers().findIndex(([, shown]) => shown === 'question.helpKinds') + 1),
    ['Документы и права', /Отмечено: Документы и права/],
    ['Врачи и лечение', /Отмечено: Врачи и лечение; Документы и права/],
  ])
})

test('a place on the map that was sent is not asked for again', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await olga.play(
    parentAnswers().slice(0, parentAnswers().findIndex(([, shown]) => shown === 'question.territory') + 1),
  )
  olga.telegram.sendLocation(olga.id)
  await olga.settle()
  await olga.play([['Другое место', 'question.circumstances']])
  const peter = world.person()
  await peter.play([
    ...parentAnswers().slice(0, parentAnswers().findIndex(([, shown]) => shown === 'question.territory') + 1),
    ['Другое место', 'question.territoryWords'],
  ])
  peter.telegram.sendLocation(peter.id)
  await peter.settle()
  peter.sees('question.circumstances')
})

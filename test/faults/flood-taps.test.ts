import { expect, test } from 'vitest'
import { parentAnswers, upTo } from '../support/intake.ts'
import { callsTo } from '../support/telegram-calls.ts'
import { openWorld } from '../support/world.ts'

const kind = 'Помощь психолога'
const ticked = /Отмечено: Помощь психолога/

test('a quick hand: every tap counts, the last one’s card shows all of them, and others go on', async () => {
  const world = await openWorld()
  const olga = world.person()
  const petr = world.person()
  await olga.play(upTo(parentAnswers(), 'question.helpKinds'))
  const card = olga.card()
  const [tick, crisis] = [olga.dataOf(kind, card), olga.dataOf('Срочная помощь', card)]
  world.telegram.faults.delay(60)
  const before = callsTo(world.telegram, olga.id, 'editMessageText').length
  const taps = Array.from({ length: 41 }, () => world.telegram.tap(olga.id, card.message_id, tick))
  await petr.play([['/start', 'home']])
  const answers = await Promise.all(taps)
  await olga.settle()

  const crowded = answers.filter((answer) => answer !== 'expired' && /быстрее, чем/.test(answer.text ?? ''))
  const handled = answers.length - crowded.length
  expect(handled).toBeGreaterThan(20)
  if (handled % 2 === 1) olga.sees(ticked)
  else expect(olga.text()).not.toMatch(ticked)
  expect(callsTo(world.telegram, olga.id, 'editMessageText').length - before).toBeLessThan(handled)

  world.telegram.faults.delay(0)
  await world.telegram.tap(olga.id, card.message_id, crisis)
  await olga.settle()
  olga.sees('crisis')
})

test('two taps at once on the same answer: the second finds the card of the first', async () => {
  const world = await openWorld()
  const olga = world.person()
  await olga.play(upTo(parentAnswers(), 'question.territory'))
  olga.sees('question.territory')
  const card = olga.card()
  const territory = olga.dataOf('Ставрополь, Ленинский район', card)
  world.telegram.faults.delay(40)
  await Promise.all(Array.from({ length: 3 }, () => world.telegram.tap(olga.id, card.message_id, territory)))
  await olga.settle()
  olga.sees('question.circumstances')
  world.telegram.faults.delay(0)
  await olga.play([['Ребёнку трудно среди людей', /Отмечено: Ребёнку трудно среди людей/]])
})

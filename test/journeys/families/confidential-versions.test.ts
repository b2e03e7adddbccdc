import { expect, test } from 'vitest'
import type { Chat } from '#test/support/chat.ts'
import { aPlan, anActivity, publish, told } from '#test/support/plan.ts'
import { hidden, openUnsafeFamily } from '#test/support/unsafe-family.ts'

// What two versions of a plan, side by side, could tell a parent about what is confidential.

const ordinary = [anActivity('all'), anActivity('old', { when: { kind: 'once', on: '2026-11-26' } })]

test('what became confidential answers a parent as what was removed does, also on cards of before', async () => {
  const { world, key, path, olga, misha } = await openUnsafeFamily()
  const forMisha = (code: string, plain: string) =>
    anActivity(code, { plain, audience: 'minors', memberIds: [misha.memberId] })
  const [talk, trip] = [forMisha('talk', 'Разговор'), forMisha('trip', 'Поездка')]
  const ids = await publish(key, path, aPlan([...ordinary, talk, trip]))
  await told(world)
  await olga.play([['/plan', 'plan']])
  await publish(key, path, aPlan([...ordinary, { ...talk, audience: 'confidential' }]))
  await told(world)
  const answers = async (code: string, plain: string) => {
    await olga.play([
      ['/plan', 'plan'],
      ['Что изменилось', /Убрано/],
      [plain, new RegExp(`Убрано:</b> ${plain}|Убрано: ${plain}`)],
    ])
    const seen = [olga.text()]
    for (const button of ['Подходит', plain, 'Не подходит', 'Пропустить']) {
      await olga.tap(button)
      seen.push(olga.text())
    }
    for (const door of ['activity', 'activity-ics']) {
      await olga.byHand(`-.${door}.${ids[code]}`)
      seen.push(olga.text())
    }
    return seen.map((text) => text.replaceAll(/Разговор|Поездка/g, '…'))
  }
  expect(await answers('talk', 'Разговор')).toEqual(await answers('trip', 'Поездка'))
})

test('a sibling’s plan has the number and date that the parent knows', async () => {
  const { world, key, path, familyId, olga, dasha, misha } = await openUnsafeFamily()
  await publish(key, path, aPlan(ordinary))
  await told(world)
  const paper = async (chat: Chat) => {
    await chat.byHand(`-.plan.${familyId}`)
    await chat.tap('Весь план в PDF')
    return chat
      .messages()
      .flatMap((message) => ('document' in message && message.document ? [message.document.file_name] : []))
      .at(-1)
  }
  const known = await paper(olga)
  await publish(key, path, aPlan([...ordinary, hidden(dasha.memberId)]))
  await told(world)
  expect(await paper(misha)).toBe(known)
  expect(await paper(dasha)).not.toBe(known)
})

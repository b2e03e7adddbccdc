import { expect, test } from 'vitest'
import { draftOf } from '#test/support/drafts.ts'
import { openWithFamily } from '#test/support/family.ts'
import { parentAnswers } from '#test/support/intake.ts'
import { openWorld } from '#test/support/world.ts'

const tuesday = '2026-11-24T09:00:00Z'
const upTo = (screen: string) => {
  const steps = parentAnswers()
  return steps.slice(0, steps.findIndex(([, shown]) => shown === screen) + 1)
}

test('three short messages in a row, and a text that the app has cut in two, are one story', async () => {
  const world = await openWorld({ at: tuesday })
  for (const said of [
    ['он пьёт', 'и не работает', 'дети боятся'],
    ['я'.repeat(4096), 'ю'.repeat(4096)],
  ]) {
    const olga = world.person()
    await olga.play(upTo('question.ownWords'))
    for (const text of said) olga.telegram.sendText(olga.id, text)
    await olga.settle()
    olga.sees('question.danger')
    const kept = await draftOf(world.database, olga)
    expect(kept).toMatchObject({ ownWords: said.join('\n') })
    expect(kept).not.toHaveProperty('danger')
  }
})

test('what follows the story within seconds belongs to it, though the next question is on the screen', async () => {
  const world = await openWorld({ at: tuesday, telegram: { typingSeconds: 2 } })
  const olga = world.person()
  await olga.play([
    ...upTo('question.ownWords'),
    [{ words: 'она устала' }, 'question.danger'],
    [{ words: 'и молчит' }, /^✓ Записано в ваш рассказ/],
    ['Нет', 'question.territory'],
  ])
  expect(await draftOf(world.database, olga)).toMatchObject({
    ownWords: 'она устала\nи молчит',
    danger: 'no',
  })
})

test('an album of ten photos is sent whole, and said to be sent', async () => {
  const { member, world, curator } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  const { photo = [] } = olga.telegram.sendPhoto(olga.id)
  await olga.settle()
  const album = Array.from({ length: 10 }, (_, index) => ({ photo, ...(index === 4 && { caption: 'дома' }) }))
  olga.telegram.sendAlbum(olga.id, album)
  await olga.settle()
  expect(olga.text()).toMatch(/^✓ Отправлено\. Прочитает Ирина/)
  expect(await world.database.prisma.message.count()).toBe(11)
  await expect.poll(() => curator.allText()).toMatch(/новое сообщение/)
  expect(curator.allText().match(/новое сообщение/g)).toHaveLength(1)
})

test('what was sent before the next question was there does not answer it', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await olga.play(upTo('question.name'))
  // The name, and at once what is no telephone number of hers.
  for (const text of ['Ольга', '+79005554433']) olga.telegram.sendText(olga.id, text)
  await olga.settle()
  olga.sees('question.phone')
  const kept = await draftOf(world.database, olga)
  expect(kept).toMatchObject({ name: 'Ольга' })
  expect(kept).not.toHaveProperty('phone')
  expect(kept?.ownWords).toMatch(/\+79005554433$/)
  expect(olga.text()).toMatch(/✓ Записано в ваш рассказ/)
})

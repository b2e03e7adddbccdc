import { expect, test } from 'vitest'
import type { Chat } from '#test/support/chat.ts'
import { openWithFamily } from '#test/support/family.ts'
import { makeDue } from '#test/support/rows.ts'
import { callsTo } from '#test/support/telegram-calls.ts'

const send = async (chat: Chat, name: string, bytes = Buffer.from('.'), caption?: string) => {
  chat.telegram.sendDocument(chat.id, { name, bytes, mime: 'application/octet-stream', caption })
  await chat.settle()
}

test('photos and documents work in both directions, open for ten minutes, and other files are refused kindly', async () => {
  const { world, member, curator } = await openWithFamily()
  const { prisma } = world.database
  const olga = await member('parent', 'Ольга')
  await olga.say('/messages')
  olga.telegram.sendPhoto(olga.id, { caption: 'Вот рисунок' })
  await olga.settle()
  expect(olga.text()).toMatch(/^✓ Отправлено[\s\S]*Фото\nВот рисунок/)
  await send(olga, 'справка.pdf')
  expect(olga.text()).toMatch(/Документ: справка\.pdf/)
  for (const name of ['игра.exe', 'игра.apk', 'всё.zip', 'страница.html', 'рисунок.svg']) {
    await send(olga, name)
    const ending = name.split('.')[1]
    expect(olga.allText()).toMatch(
      new RegExp(`«${name}» не отправлен и не сохранён. Файлы \\.${ending} здесь не принимаются`),
    )
  }
  await send(olga, 'без-имени')
  expect(olga.allText()).toMatch(/Что это за файл, не видно/)
  await send(olga, 'большой.pdf', Buffer.alloc(21 * 1024 * 1024))
  expect(olga.allText()).toMatch(/«большой.pdf» не отправлен и не сохранён. Он больше 20 МБ/)
  expect(await prisma.message.count()).toBe(2)

  await expect.poll(() => curator.text()).toMatch(/новое сообщение\./)
  await curator.tap('Открыть')
  const card = curator.card()
  await curator.tap('Открыть: справка.pdf', card)
  const [opened] = callsTo(world.telegram, curator.id, 'sendDocument')
  expect(opened?.params).toMatchObject({ protect_content: true })
  expect(curator.allText()).toMatch(/Документ: справка\.pdf\n\nИсчезнет через 10 минут/)
  await curator.tap('Открыть: фото', card)
  expect(callsTo(world.telegram, curator.id, 'sendPhoto')).toHaveLength(1)
  expect(await makeDue(world.database, 'delete-message', 1)).toBe(2)
  await expect.poll(() => curator.allText()).not.toMatch(/Исчезнет через/)

  await curator.tap('Ответить', card)
  await send(curator, 'план.docx', undefined, 'Посмотрите')
  expect(curator.text()).toMatch(/Документ: план\.docx\nПосмотрите/)
  await olga.play([['/messages', /Документ: план\.docx\nПосмотрите/]])
  await olga.tap('Открыть: план.docx')
  expect(callsTo(world.telegram, olga.id, 'sendDocument')).toHaveLength(1)
})

test('the words under a refused file are sent, on the screens that ask for words, too', async () => {
  const { member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  await olga.play([['/messages', /Переписка с центром/]])
  for (const words of ['вот что было вчера', 'и ещё']) {
    olga.telegram.sendDocument(olga.id, { name: 'a.exe', caption: words })
    await olga.settle()
    expect(olga.allText()).toMatch(/Файл «a\.exe» не отправлен/)
    expect(olga.text()).toMatch(new RegExp(`^✓ Отправлено[\\s\\S]*${words}`))
  }
  // Nothing is said to be sent when nothing was.
  olga.telegram.sendDocument(olga.id, { name: 'b.exe' })
  await olga.settle()
  expect(olga.text()).not.toMatch(/✓ Отправлено/)
})

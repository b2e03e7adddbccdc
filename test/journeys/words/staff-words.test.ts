import { expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import type { Turn } from '#dialogue/screen.ts'
import { recipientOf } from '#dialogue/words/staff-recipient.ts'
import type { Chat } from '#test/support/chat.ts'
import { openWithFamily } from '#test/support/family.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { openWorld } from '#test/support/world.ts'

// Staff type where they read: it goes where it obviously belongs, once they have seen to whom, and nowhere else.

const open = async () => {
  const family = await openWithFamily()
  const { world } = family
  const olga = await family.member('parent', 'Ольга')
  const sent = async () =>
    (await world.database.prisma.message.findMany({ where: { author: 'staff' } })).map(
      ({ memberId }) => memberId,
    )
  return { ...family, olga, sent }
}

const replies = async (chat: Chat, to: RegExp, text: string) => {
  const card = chat.messages().findLast((message) => to.test(message.text ?? ''))
  chat.telegram.reply(chat.id, card?.message_id ?? 0, text)
  await chat.settle()
}

test('typed under an open conversation: to whom is asked first, and one tap sends it', async () => {
  const { olga, curator, sent } = await open()
  await curator.byHand(`-.thread.${olga.memberId}`)
  await curator.play([
    [{ words: 'Здравствуйте, это Ирина' }, 'staff-send'],
    [{ words: 'Справку можно взять завтра' }, /Кому: Ольга, родитель, семья № 1/],
  ])
  expect(curator.text()).toMatch(
    /Пока это никто не видит[\s\S]*«Здравствуйте, это Ирина\nСправку можно взять завтра»/,
  )
  expect(await sent()).toEqual([])
  await curator.play([['Отправить', /✓ Отправлено/]])
  curator.sees('thread')
  expect(await sent()).toEqual([olga.memberId])
  await olga.play([['/messages', /Здравствуйте, это Ирина\nСправку можно взять завтра/]])
})

test('what is not confirmed reaches nobody, and that is said', async () => {
  const { olga, curator, sent } = await open()
  await curator.byHand(`-.thread.${olga.memberId}`)
  await curator.play([
    [{ words: 'Это я себе' }, 'staff-send'],
    ['Не отправлять', /Не отправлено и не сохранено/],
  ])
  curator.sees('thread')
  // Away from any conversation there is no recipient to ask about.
  await curator.play([
    ['/menu', 'home'],
    [{ words: 'и это себе' }, /^Это никому не отправлено[\s\S]*ответьте на уведомление/],
  ])
  expect(await sent()).toEqual([])
})

test('a reply to the notice goes to whom it was about, whatever is open', async () => {
  const { olga, curator, sent, member } = await open()
  const petr = await member('parent', 'Пётр')
  await olga.play([
    ['/messages', 'messages'],
    [{ words: 'Когда приём?' }, /Отправлено/],
  ])
  await expect.poll(() => curator.allText()).toMatch(/новое сообщение/)
  // Somebody else's conversation is on the card.
  await curator.byHand(`-.thread.${petr.memberId}`)
  await replies(curator, /новое сообщение/, 'В среду в 10:00')
  expect(curator.text()).toMatch(/Кому: Ольга, родитель, семья № 1[\s\S]*«В среду в 10:00»/)
  await curator.play([['Отправить', /✓ Отправлено/]])
  expect(await sent()).toEqual([olga.memberId])
})

test('words for another one replace what was not sent, and that is said', async () => {
  const { olga, curator, sent, member } = await open()
  const petr = await member('parent', 'Пётр')
  await olga.play([
    ['/messages', 'messages'],
    [{ words: 'Когда приём?' }, /Отправлено/],
  ])
  await expect.poll(() => curator.allText()).toMatch(/новое сообщение/)
  await curator.byHand(`-.thread.${petr.memberId}`)
  await curator.play([[{ words: 'Пётр, добрый день' }, /Кому: Пётр/]])
  await replies(curator, /новое сообщение/, 'Ольга, в среду')
  expect(curator.text()).toMatch(/другому адресату не отправлено[\s\S]*Кому: Ольга/)
  expect(curator.text()).not.toMatch(/Пётр, добрый день/)
  await curator.play([['Отправить', /✓ Отправлено/]])
  expect(await sent()).toEqual([olga.memberId])
})

test('a file is sent like words, and who may not read a family any more cannot write to it', async () => {
  const { olga, curator, curatorId, sent, world } = await open()
  await curator.byHand(`-.thread.${olga.memberId}`)
  curator.telegram.sendDocument(curator.id, { name: 'справка.pdf' })
  await curator.settle()
  expect(curator.text()).toMatch(/Кому: Ольга[\s\S]*И 1 файл/)
  await world.database.prisma.staffMember.update({ where: { id: curatorId }, data: { active: false } })
  await curator.tap('Отправить')
  expect(await sent()).toEqual([])
  await world.database.prisma.staffMember.update({ where: { id: curatorId }, data: { active: true } })
  await curator.byHand(`-.thread.${olga.memberId}`)
  curator.telegram.sendDocument(curator.id, { name: 'справка.pdf' })
  await curator.settle()
  await curator.play([['Отправить', /✓ Отправлено/]])
  expect(await sent()).toEqual([olga.memberId])
})

test('under a request the specialist’s words go to its family, once it is theirs; a colleague’s to nobody', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  const anna = await world.staff('Анна', ['leninsky'])
  const vera = await world.staff('Вера', ['leninsky'])
  const olga = world.person()
  const number = await submitAsParent(olga)
  await expect.poll(() => anna.allText()).toContain(number)
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  await replies(anna, new RegExp(number), 'Здравствуйте')
  expect(anna.text()).toMatch(/Это никому не отправлено: обращение не у вас/)
  await anna.play([['Взять', /Взято вами/]])
  await anna.byHand(`-.card.${id}`)
  await anna.play([
    [{ words: 'Здравствуйте, это Анна' }, new RegExp(`Кому: семье, обращение ${number}`)],
    ['Отправить', /Семья получит/],
  ])
  await expect.poll(() => olga.allText()).toMatch(/новое сообщение/)
  await olga.byHand('-.talk.')
  olga.sees(/Здравствуйте, это Анна/)
  await vera.byHand(`-.card.${id}`)
  await vera.play([[{ words: 'и я' }, /Это никому не отправлено: обращение не у вас/]])
})

test('a reply that leads to nobody, or to two, is for nobody, whatever is open', () => {
  const [one, two] = [newId(), newId()]
  const screen = { name: 'thread', memberId: one } as const
  const turn = (input: object) => ({ input, session: { screen, cardId: '5' } }) as unknown as Turn
  expect(recipientOf(turn({}))).toEqual({ memberId: one })
  expect(recipientOf(turn({ replyTo: '5' }))).toEqual({ memberId: one })
  expect(recipientOf(turn({ replyTo: '4' }))).toBeNull()
  const links = (...replyLinks: string[]) => recipientOf(turn({ replyTo: '4', replyLinks }))
  expect(links(`-.thread.${two}`, '-.queue.')).toEqual({ memberId: two })
  expect(links(`-.card.${two}`, `-.take.${two}`)).toEqual({ requestId: two })
  expect(links(`-.thread.${one}`, `-.thread.${two}`)).toBeNull()
  expect(links(`-.thread.${one}`, `-.card.${two}`)).toBeNull()
  expect(links('-.thread.nobody', 'nonsense')).toBeNull()
})

import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { openWithFamily } from '#test/support/family.ts'
import { adultSubmits, after, parentAnswers, submitAsParent, upTo } from '#test/support/intake.ts'
import { makeDue } from '#test/support/rows.ts'
import { callsTo } from '#test/support/telegram-calls.ts'
import { openWorld } from '#test/support/world.ts'

const tuesday = '2026-11-24T09:00:00Z'

test('a voice message stands for the story, and the specialist plays it for ten minutes', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const olga = world.person()
  const steps = parentAnswers()
  await olga.play([
    ...upTo(steps, 'question.ownWords'),
    [(chat) => chat.telegram.sendVoice(chat.id), /^Спасибо, что рассказали/],
    ...after(upTo(steps, 'question.name'), 'question.danger'),
    // Nothing needs to be typed.
    ['Без имени', 'question.phone'],
    ...after(steps, 'question.phone'),
    [() => {}, /Рассказ: Голосовое сообщение/],
    ...adultSubmits,
  ])
  await expect.poll(() => anna.text()).toMatch(/2026-000001/)
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  await anna.byHand(`-.story.${id}`)
  expect(anna.text()).toMatch(/Голосовое сообщение/)
  await anna.tap('Открыть: голос')
  const [played] = callsTo(world.telegram, anna.id, 'sendVoice')
  expect(played?.params).toMatchObject({ protect_content: true })
  const audited = { where: { requestId: id, action: 'request.details' } }
  expect(await world.database.prisma.auditEntry.count(audited)).toBe(2)
  expect(await makeDue(world.database, 'delete-message', 1)).toBe(1)
  await expect.poll(() => anna.allText()).not.toMatch(/Исчезнет через/)

  // A forged place opens nothing, and the API tells of the file without its id.
  const [revision] = anna.dataOf('Открыть: голос').split('.')
  for (const key of ['s1', 's99', 'n1', 'x0']) await anna.byHand(`${revision}.file.${key}`)
  expect(callsTo(world.telegram, anna.id, 'sendVoice')).toHaveLength(1)
  const { body } = await (await keyOf(world)).get(`/requests/${id}/details`)
  expect(body).toMatchObject({ answers: { ownWords: null, ownFiles: [{ kind: 'voice' }] } })
  expect(JSON.stringify(body)).not.toMatch(/fileId/)
})

test('every kind of recording reaches the specialist of a request, beside its caption', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const olga = world.person()
  await submitAsParent(olga)
  const { telegram, id } = olga
  telegram.sendPhoto(id, { caption: 'вот синяк' })
  telegram.sendVoice(id)
  for (const kind of ['audio', 'video', 'video_note', 'animation'] as const) telegram.sendRecording(id, kind)
  await olga.settle()
  expect(olga.text()).toMatch(/^✓ Отправлено\. Прочитает Анна/)
  await expect.poll(() => anna.text()).toMatch(/дописали/)
  const request = await world.database.prisma.request.findFirstOrThrow()
  await anna.byHand(`-.story.${request.id}`)
  expect(anna.text()).toMatch(/Фото\nвот синяк[\s\S]*Голосовое сообщение[\s\S]*Видеосообщение/)
  const card = anna.card()
  for (const label of ['фото', 'голос', 'аудио', 'анимация']) await anna.tap(`Открыть: ${label}`, card)
  for (const button of anna.buttons(card).filter(({ text }) => text === 'Открыть: видео'))
    await anna.byHand(button.callback_data ?? '', card.message_id)
  for (const method of ['sendPhoto', 'sendVoice', 'sendAudio', 'sendAnimation', 'sendVideo', 'sendVideoNote'])
    expect(callsTo(world.telegram, anna.id, method), method).toHaveLength(1)
  await olga.play([
    ['/status', 'status'],
    ['Дописать', 'note'],
    [(chat) => chat.telegram.sendVoice(chat.id), /Дописано/],
  ])
})

test('voice and video notes are part of a conversation', async () => {
  const { member, curator, world } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  olga.telegram.sendVoice(olga.id)
  olga.telegram.sendRecording(olga.id, 'video_note')
  await olga.settle()
  expect(olga.text()).toMatch(/^✓ Отправлено\. Прочитает Ирина, сегодня до 18:00/)
  await expect.poll(() => curator.allText()).toMatch(/новое сообщение/)
  await curator.tap('Открыть')
  expect(curator.text()).toMatch(/Голосовое сообщение[\s\S]*Видеосообщение/)
  const card = curator.card()
  await curator.tap('Открыть: голос', card)
  await curator.tap('Открыть: видео', card)
  for (const method of ['sendVoice', 'sendVideoNote'])
    expect(callsTo(world.telegram, curator.id, method)[0]?.params, method).toMatchObject({
      protect_content: true,
    })
})

test('a file refused in the middle of accepted ones: the rest is sent, and the refusal stays readable', async () => {
  const { member, world } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  const { telegram, id } = olga
  telegram.sendPhoto(id)
  telegram.sendDocument(id, { name: 'игра.exe', caption: 'это не игра' })
  telegram.sendDocument(id, { name: 'IMG_0001.HEIC', mime: 'image/heic' })
  await olga.settle()
  await olga.play([
    ['/visits', /./],
    ['/plan', /./],
  ])
  const refusals = olga.messages().filter(({ text }) => text?.startsWith('⚠️'))
  expect(refusals.map(({ text }) => text)).toEqual([
    expect.stringMatching(/«игра\.exe» не отправлен и не сохранён/),
  ])
  // The words beside the file are no file.
  expect(await world.database.prisma.message.count()).toBe(3)
})

import { expect, test } from 'vitest'
import type { FamilyCard } from '#queue/family-cards.ts'
import type { Chat } from '#test/support/chat.ts'
import { openWithFamily } from '#test/support/family.ts'
import { openDesk } from '#test/support/pushes.ts'
import { staffIdOf } from '#test/support/submitted.ts'
import { inviteTo, openSurveyDesk } from '#test/support/surveys.ts'
import { planVisit, told } from '#test/support/visits.ts'

/** The warning itself names what is not to be done. */
const warnings = /С родителями не говорить: небезопасно|Не звонить: небезопасно|Самим не писать: небезопасно/g

/** What the newest messages of a card urge to: words and labels without the warnings. */
const urging = (chat: Chat, from: number): string =>
  chat
    .messages()
    .slice(from)
    .flatMap((message) => [message.text ?? '', ...chat.buttons(message).map(({ text }) => text)])
    .join('\n')
    .replace(warnings, '')

test('no card about a family urges to what somebody called unsafe: family, contact, conversations, visit, agenda', async () => {
  const { key, path, familyId, member, curator, supervisor } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  const dasha = await member('minor', 'Даша')
  const visit = await planVisit({ key, path }, { startsAt: '2026-11-25T12:00:00Z' })
  await told(curator, /Вам назначен визит/)
  const cards = [
    `-.f-card.${familyId}`,
    `-.f-reach.${familyId}`,
    `-.f-thread.${familyId}`,
    `-.f-names.${familyId}`,
    `-.f-visit.${visit.id}`,
    `-.v-reach.${visit.id}`,
    `-.thread.${olga.memberId}`,
    `-.thread.${dasha.memberId}`,
    '-.mine.',
  ]
  const facts = [
    { of: null, fact: null },
    { of: olga, fact: 'no-calls' },
    { of: dasha, fact: 'no-messages' },
    { of: dasha, fact: 'parents-unsafe' },
  ]
  const said = new Set<string>()
  for (const { of, fact } of facts) {
    if (of) {
      const made = await key.post(`${path}/members/${of.memberId}/safety`, { fact })
      expect(made.status).toBe(201)
      said.add(fact)
    }
    for (const chat of [curator, supervisor])
      for (const card of cards) {
        const from = Math.max(0, chat.messages().length - 1)
        await chat.byHand(card)
        const words = urging(chat, from)
        const about = `${[...said].join(', ')}: ${card}\n${words}`
        if (said.has('no-calls')) expect(words, about).not.toMatch(/позвони/i)
        if (said.has('no-messages')) expect(words, about).not.toMatch(/^Написать: Даша|^Писать можно здесь/m)
        if (said.has('parents-unsafe')) {
          expect(words, about).not.toMatch(/^Написать: Ольга|Написать (семье|родител)/m)
          // It can be opened all the same, with the warning above it.
          if (card.includes('reach')) expect(words, about).toMatch(/^Переписка: Ольга/m)
        } else if (card.includes('reach')) expect(words, about).toMatch(/^Написать: Ольга/m)
      }
  }
  // The visit's cancelling asks to call only where nothing is said.
  await curator.byHand(`-.f-visit.${visit.id}`)
  await curator.tap('Отменить')
  expect(curator.text().replace(warnings, '')).not.toMatch(/позвони/i)
})

test('nor does any card that comes by itself: it says that there is a warning to read first', async () => {
  const family = await openWithFamily()
  const { world, key, path, familyId, member, curator, curatorId, supervisor } = family
  const olga = await member('parent', 'Ольга')
  const dasha = await member('minor', 'Даша')
  const visit = await planVisit(family, { startsAt: '2026-11-25T12:00:00Z' })
  const surveys = await openSurveyDesk(family)
  await inviteTo(surveys, olga)
  await olga.play([
    ['Посмотреть', 'survey'],
    ['Начать', /Мы вам помогли\?/],
    ['Не помогли', 'survey-rescue'],
    ['Да, пусть напишут', /Вам напишет не куратор/],
  ])
  await dasha.play([
    ['/messages', 'messages'],
    [{ words: 'Отчим опять бьёт' }, /./],
  ])
  await told(curator, /не ждёт|Срочно/)
  for (const fact of ['no-calls', 'no-messages', 'parents-unsafe'])
    expect((await key.post(`${path}/members/${dasha.memberId}/safety`, { fact })).status).toBe(201)
  const { id: rescue } = await world.database.prisma.surveyRescue.findFirstOrThrow()
  const desk = await openDesk(family)
  const supervisorId = await staffIdOf(world, 'Елена')
  const comes = async (kind: FamilyCard, subjectId?: string): Promise<string> => {
    const from = [curator, supervisor].map((chat) => chat.messages().length)
    await desk.does(async (tx, { enqueue }) => {
      for (const staffId of [curatorId, supervisorId])
        await enqueue(tx, 'family-card', { familyId, staffId, kind, subjectId })
    })
    const words = () => [curator, supervisor].map((chat, at) => urging(chat, from[at] ?? 0)).join('\n')
    await expect.poll(words, { timeout: 30_000 }).not.toBe('\n')
    await surveys.looks()
    return words()
  }
  const cards: (readonly [FamilyCard, string?])[] = [
    ['visit-answer', visit.id],
    ['code-refused', visit.id],
    ['message-alarming', dasha.memberId],
    ['account', dasha.memberId],
    ['account-disputed', dasha.memberId],
    ['survey-low-score', rescue],
  ]
  const check = async ([kind, subjectId]: readonly [FamilyCard, string?]): Promise<void> => {
    const words = await comes(kind, subjectId)
    const about = `${kind}\n${words}`
    expect(words, about).toMatch(/О безопасности этой семьи есть предупреждение/)
    expect(words, about).toMatch(/^Связаться$/m)
    expect(words, about).not.toMatch(/позвони|свяжитесь с семь|^Написать/im)
  }
  for (const card of cards) await check(card)
  // After the end of support, too, where they stay in touch.
  await key.post(`${path}/transition`, { to: 'closed', contactAfter: true })
  await check(['after-worse'])
  await curator.byHand(`-.f-card.${familyId}`)
  expect(curator.text().replace(warnings, '')).not.toMatch(/позвони/i)
})

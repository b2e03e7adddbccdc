import { expect, test } from 'vitest'
import type { Chat } from '#test/support/chat.ts'
import { openWithFamily } from '#test/support/family.ts'
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

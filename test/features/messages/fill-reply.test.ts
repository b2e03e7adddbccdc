import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loadTexts } from '#core/text.ts'
import { fillReply, unknownPlaceholders } from '#features/messages/fill-reply.ts'
import { seededReply } from '#features/messages/seed-replies.ts'
import { replyTones } from '#storage/messages/quick-replies.ts'

const known = { name: 'Ольга', curator: 'Ирина', day: 'в среду, 3 декабря', time: '15:00' }
const nothing = { name: null, curator: null, day: null, time: null }

test('placeholders are filled in, in either language', () => {
  expect(fillReply('{name}, придём {day}, в {time}. {куратор}', known)).toEqual({
    text: 'Ольга, придём в среду, 3 декабря, в 15:00. Ирина',
    missing: [],
  })
  expect(fillReply('{ Имя }!', known).text).toBe('Ольга!')
})

test('a name that is not known goes with its comma; without the rest it is not whole', () => {
  expect(fillReply('{name}, мы прочитали. {имя}, ждите.', nothing)).toEqual({
    text: 'Мы прочитали. Ждите.',
    missing: [],
  })
  expect(fillReply('Придём {day}', nothing)).toEqual({ text: 'Придём …', missing: ['day'] })
  expect(fillReply('Спасибо, {name}', nothing).missing).toEqual(['name'])
})

test('braces around anything else are told, and values are never read as placeholders', () => {
  expect(unknownPlaceholders('{name} {код} {}')).toEqual(['{код}', '{}'])
  fc.assert(
    fc.property(fc.string(), (name) => {
      expect(fillReply('{name}', { ...known, name }).text).toBe(name)
    }),
  )
})

test('what a centre begins with is complete, in both languages and forms of address', async () => {
  const texts = await loadTexts('locales')
  const codes = [
    ...[
      'received',
      'visit',
      'call',
      'time',
      'papers',
      'danger',
      'decision',
      'curator',
      'late',
      'done',
      'welcome',
    ],
  ] as const
  for (const code of codes) {
    const { texts: by } = seededReply(texts, code as Parameters<typeof seededReply>[1])
    for (const tones of [by.ru, by.en])
      for (const tone of replyTones)
        for (const text of [tones?.[tone]?.adult ?? '', tones?.[tone]?.minor ?? '']) {
          expect(text, `${code} ${tone}`).not.toBe('')
          expect(unknownPlaceholders(text)).toEqual([])
          if (tones === by.ru && text === tones?.[tone]?.minor)
            expect(text, code).not.toMatch(/(?<!\p{L})(?:вы|вам|вас|ваш\p{L}*)(?!\p{L})/iu)
        }
  }
})

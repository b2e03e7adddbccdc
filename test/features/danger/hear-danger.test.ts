import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dangerEntries } from '#features/danger/danger-entries.ts'
import { hearDanger } from '#features/danger/hear-danger.ts'

test.each([
  ['не хочу больше жить', 'suicide'],
  ['Не хочу жить. С мужем ссоримся', 'suicide'],
  ['ХАЧУ УМИРЕТЬ', 'suicide'],
  ['hochu umeret', 'suicide'],
  ['[jxe evthtnm', 'suicide'],
  ['у м е р е т ь  х о ч у', 'suicide'],
  ['с.у.и.ц.и.д', 'suicide'],
  ['суuцuд', 'suicide'],
  ['нехочу жить', 'suicide'],
  ['бъет меня', 'violence'],
  ['б\u0301ьёт\u200b меня', 'violence'],
  ['меня износиловал брат', 'sexual-abuse'],
  ['нам негде переночевать', 'no-shelter'],
  ['мы второй день ничего не ели', 'hunger'],
  ['I don’t want to live', 'suicide'],
  ['🆘', 'call'],
])('hears «%s»', (text, kind) => {
  expect(hearDanger(text)?.kinds).toContain(kind)
})

test.each([
  'не хочу жить в общежитии',
  'папа меня никогда не бил',
  'он меня убил в доте',
  'насилу дошли',
  'роскомнадзор заблокировал сайт',
  'бьёт током от розетки',
  // Words that a slip would make of a cry; the dictionary of the language was heard word by word.
  'спросите про школу',
  'не удаётся записаться к врачу',
  'я растила сына одна',
  'температура повысилась, врач повысила дозу',
  'на кухне странный запах',
  'мой сынок пошёл в садик',
  'хотим отправиться в лагерь',
  'вмешаться в спор соседей?',
  'дочка король лев смотрит',
  'расстелить коврик',
  'споёте с нами?',
  'она у нас героиня',
  'износил все ботинки',
  '',
  '👍',
])('does not hear danger in «%s»', (text) => {
  expect(hearDanger(text)).toBeNull()
})

test('entries have distinct ids and one kind each', () => {
  const ids = dangerEntries.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(dangerEntries.filter(({ id, kind }) => !id.startsWith(`${kind}.`))).toEqual([])
})

test('an entry that is switched off is not heard', () => {
  const text = 'угрожает'
  const entries = hearDanger(text)?.entries ?? []
  expect(entries).not.toEqual([])
  expect(hearDanger(text, new Set(entries))).toBeNull()
})

const pieces = [
  'не',
  'бьёт',
  'меня',
  'жить',
  'хочу',
  'а',
  '.',
  'у',
  'umeret',
  '💊',
  '\n',
  'ноч',
  '*',
  '5',
  'он',
]
const hostile = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 4096 }),
  fc
    .tuple(
      fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 }),
      fc.constantFrom('', ' ', '  '),
    )
    .map(([some, gap]) => some.join(gap).repeat(4096).slice(0, 4096)),
)

test('the longest hostile texts are read without a fault, and words of danger are heard at their end', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      hearDanger(text)
      expect(hearDanger(`${text}\n\n\n\n\n\nхочу умереть`)?.kinds ?? []).toContain('suicide')
    }),
    { numRuns: 100, examples: [['не '.repeat(1365)], ['а'.repeat(4096)], ['у.'.repeat(2048)]] },
  )
})

test('work grows with the length of the text and not faster', () => {
  // Counted in look-ups of characters rather than in time: a text twice as long is twice the same words.
  const phrase = 'он бьет меня и не пускает домой ночью '
  const entries = (times: number) => hearDanger(phrase.repeat(times))?.entries
  expect(entries(400)).toEqual(entries(2))
})

test('a widow alone with her children is no child who is left alone with the dead', () => {
  expect(hearDanger('мама умерла, одна с детьми, стыдно просить')).toBeNull()
  expect(hearDanger('бабушка умерла я одна что делать')?.kinds).toContain('alone')
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { hearDanger } from '#features/danger/hear-danger.ts'

const read = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, `${name}.json`), 'utf8'))
const words = z.array(z.string())
const composed = z
  .object({
    danger: z.array(z.object({ level: z.number(), text: z.string() })),
    harmless: z.array(z.object({ text: z.string() })),
  })
  .parse(read('humane-phrases'))
const own = z.object({ danger: z.record(z.string(), words), harmless: words }).parse(read('own-phrases'))
const listed = z.object({ danger: words, harmless: words })
const second = listed.parse(read('second-phrases'))
const fresh = listed.parse(read('fresh-phrases'))
const third = listed.parse(read('third-phrases'))
const fourth = listed.parse(read('fourth-phrases'))
const fifth = listed.parse(read('fifth-phrases'))
const sixth = listed.parse(read('sixth-phrases'))
const seventh = listed.parse(read('seventh-phrases'))
const eighth = listed.parse(read('eighth-phrases'))
const ninth = listed.parse(read('ninth-phrases'))
const tenth = listed.parse(read('tenth-phrases'))
const eleventh = listed.parse(read('eleventh-phrases'))
/** Ordinary sentences written near the patterns: metaphors, films, games, pets, quarrels that were solved. */
const ordinary = words.parse(read('ordinary-phrases'))
const heldOut = listed.parse(read('held-out-phrases'))

const heard = (texts: readonly string[]): number => texts.filter((text) => hearDanger(text) !== null).length
const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`

const half = <T>(list: readonly T[], which: 0 | 1): T[] => list.filter((_, at) => at % 2 === which)
const dangers = Object.values(own.danger).flat()

/** Measured on 29 November 2026; the sets that the rules were written with prove less than those held out. */
test.each([
  [
    'composed phrases of the issue',
    composed.danger.map(({ text }) => text),
    composed.harmless.map(({ text }) => text),
    0.97,
    0.02,
  ],
  ['our own, for tuning', half(dangers, 0), half(own.harmless, 0), 0.95, 0.02],
  ['our own, held out', half(dangers, 1), half(own.harmless, 1), 0.95, 0.05],
  ['our own, second round', second.danger, second.harmless, 0.95, 0.02],
  ['fresh, for tuning', fresh.danger, fresh.harmless, 0.95, 0.02],
  ['fresh, third round', third.danger, third.harmless, 0.95, 0.02],
  // Before anybody who writes rules had read it: 84.3 % and 2.9 %.
  ['fresh, fourth round', fourth.danger, fourth.harmless, 0.95, 0.05],
  // At first sight, before anybody who writes rules had read it: 85.8 % (103 of 120) and 2.5 % (3 of 120).
  ['fresh, fifth round', fifth.danger, fifth.harmless, 0.95, 0.02],
  // At first sight 68.4 % (91 of 133) and 8.5 % (12 of 142): typed to be hard, with slang, broken Russian and English.
  ['fresh, sixth round', sixth.danger, sixth.harmless, 0.95, 0.02],
  // Written after what the sixth round mended, a harmless sentence for most of the cries. At first sight 80.0 % (48 of 60) and 2.6 % (2 of 76).
  ['fresh, seventh round', seventh.danger, seventh.harmless, 0.95, 0.02],
  // Teenagers, grandmothers, broken grammar. At first sight 73.3 % (44 of 60) and 8.3 % (5 of 60).
  ['fresh, eighth round', eighth.danger, eighth.harmless, 0.95, 0.02],
  // First sentences of mothers, girls, teachers and migrants. At first sight 73.3 % (96 of 131) and 10.7 % (14 of 131); of what was
  // then written beside the new patterns 85 % (34 of 40) and 25.7 % (19 of 74).
  ['fresh, ninth round', ninth.danger, ninth.harmless, 0.95, 0.02],
  // Written after what the ninth mended: at first sight 70 % (28 of 40) and none of 40; of 25 beside the new patterns 10.
  ['fresh, tenth round', tenth.danger, tenth.harmless, 0.95, 0.02],
  // Short cries, children who ask to be fetched, doors. At first sight 75.9 % (44 of 58); of what was written beside the new patterns 17.5 % (7 of 40).
  ['fresh, eleventh round', eleventh.danger, eleventh.harmless, 0.95, 0.02],
  // At first sight 5.5 % of the harmless (6 of 110).
  ['fresh, held out', heldOut.danger, heldOut.harmless, 0.8, 0.05],
])('%s: dangers are heard, harmless words are not', (name, dangerous, harmless, atLeast, atMost) => {
  const found = heard(dangerous)
  const alarms = heard(harmless)
  process.stdout.write(
    `danger words, ${name}: ${found} of ${dangerous.length} heard (${percent(found, dangerous.length)}), ` +
      `${alarms} of ${harmless.length} harmless (${percent(alarms, harmless.length)})\n`,
  )
  expect(found / dangerous.length).toBeGreaterThanOrEqual(atLeast)
  expect(alarms / harmless.length).toBeLessThanOrEqual(atMost)
})

test('ordinary sentences near the patterns raise no alarm', () => {
  // At first sight 13.2 % did (45 of 340); of thirty more beside the patterns of the eighth round ten.
  const alarms = ordinary.filter((text) => hearDanger(text) !== null)
  process.stdout.write(`danger words, ordinary sentences: ${alarms.length} of ${ordinary.length} heard\n`)
  expect(alarms).toEqual([])
})

test('levels of the composed phrases', () => {
  const names = ['look', 'same-day', 'now'] as const
  const rank = (level: (typeof names)[number] | undefined) => (level ? names.indexOf(level) + 1 : 0)
  const now = composed.danger.filter(({ level }) => level === 3)
  const atOnce = now.filter(({ text }) => rank(hearDanger(text)?.level) === 3).length
  const equal = composed.danger.filter(({ text, level }) => rank(hearDanger(text)?.level) === level).length
  process.stdout.write(
    `danger words, levels: ${atOnce} of ${now.length} «now» as such (${percent(atOnce, now.length)}), ` +
      `${equal} of ${composed.danger.length} equal (${percent(equal, composed.danger.length)})\n`,
  )
  expect(atOnce / now.length).toBeGreaterThanOrEqual(0.9)
})

test.each([
  ['мне страшно дома, папа бьёт', ['violence', 'call']],
  ['страшно дома ночью, он орёт', ['call']],
  ['мама лежит пьяная и не дышит', ['drunk']],
  ['соседские дети голодные, просят хлеба', ['hunger']],
  ['мама не просыпается, вокруг бутылки', ['drunk']],
  ['зачем я вообще родился, лучше бы меня не было', ['suicide']],
  ['мама не пускает меня домой', ['no-shelter']],
  ['брат украл деньги и ударил меня', ['violence']],
])('«%s» is about nothing that was not said', (text, kinds) => {
  expect(hearDanger(text)?.kinds).toEqual(kinds)
})

test.each([
  'отчим ударил маму молотком',
  'тренер по боксу бьет меня',
  'душил шарфом',
  'после футбола папа избил меня',
  'избил меня за футболку',
  'он бил меня уже час',
  'папа бил меня пока я не начала плакать',
  'муж закодировался но стал бить',
  'старший брат душил меня ради прикола',
])('what makes a blow harmless stands beside it, not anywhere: «%s»', (text) => {
  expect(hearDanger(text)?.kinds).toContain('violence')
})

test.each(['помогите', 'Помоги', 'памагите', 'помагите!!!', 'ПОМОГИТЕ', 'помогите пожалуйста'])(
  'a bare cry is heard: «%s»; one letter off, what makes it harmless does not silence it',
  (text) => {
    expect(hearDanger(text)?.kinds).toEqual(['call'])
  },
)

test.each(['спасибо, вы очень помогли', 'спасибо, что помогаете', 'помогите с документами'])(
  'and no cry is heard in «%s»',
  (text) => {
    expect(hearDanger(text)).toBeNull()
  },
)

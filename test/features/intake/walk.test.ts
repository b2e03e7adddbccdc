import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Answers, answersSchema, type GivenConsent, type QuestionId } from '#features/intake/answers.ts'
import { question, questions } from '#features/intake/questions.ts'
import { addressOfApplicant, previousQuestion, walk } from '#features/intake/walk.ts'
import { regionCodes, region as regionOf } from '#regions/index.ts'
import type { Region } from '#regions/schema.ts'

type Answer = Answers[QuestionId]

const consent = (address: GivenConsent['address'], given: boolean): GivenConsent => ({
  given,
  version: '1',
  textHash: 'a'.repeat(64),
  language: 'ru',
  address,
  at: '2026-11-24T09:00:00.000Z',
})

/** A valid answer to the question for this form of address. */
const answerTo = (id: QuestionId, region: Region, answers: Answers): fc.Arbitrary<Answer> => {
  const { kind, options, optional, list } = question(id)
  const codes = options?.(region, answers) ?? []
  if (list) return fc.constantFrom(...codes).map((code) => [code])
  if (kind === 'one') return fc.constantFrom(...codes)
  if (kind === 'many') return fc.subarray([...codes], { minLength: 1 })
  if (kind === 'years') return fc.array(fc.integer({ min: 2005, max: 2026 }), { maxLength: 4 })
  if (kind === 'date') return fc.constantFrom('2010-05-01', '2014-12-31')
  if (kind === 'phone') return fc.constantFrom('telegram-only', '+79001112233')
  if (kind === 'consent') return fc.boolean().map((given) => consent(addressOfApplicant(answers), given))
  return optional ? fc.option(fc.string({ minLength: 1 })) : fc.string({ minLength: 1 })
}

/** Answers as a draft may hold them: of all regions, of both forms of address, on and off the path. */
const anyAnswers: fc.Arbitrary<Answers> = fc.record(
  Object.fromEntries([
    ['skipped', fc.subarray(questions.filter(({ later }) => later).map(({ id }) => id))],
    ...questions.map(({ id, kind }) => {
      const ofRegions = regionCodes.map((code) => answerTo(id, regionOf(code), {}))
      const forMinors = answerTo(id, regionOf('nyagan'), { applicant: 'minor' })
      return [
        id,
        fc.oneof(
          ...ofRegions,
          forMinors,
          ...(kind === 'one' && !/^safeTo/.test(id) ? [fc.constant('gone')] : []),
        ),
      ]
    }),
  ]),
  { requiredKeys: [] },
) as fc.Arbitrary<Answers>

/** An independent formulation of the rules: who is never asked what. */
const offPath = (answers: Answers, region: Region): QuestionId[] => {
  const { applicant, territory, phone, safeContact, safeToCall } = answers
  const outside = applicant === 'other-person'
  const called = safeContact === undefined || safeToCall === 'yes'
  const not = (ids: QuestionId[], met: boolean) => (met ? [] : ids)
  return [
    ...not(['representative'], applicant === 'representative'),
    ...not(['birthDate', 'parents'], applicant === 'minor'),
    ...not(['children', 'helpKinds'], applicant === 'parent' || applicant === 'representative'),
    ...not(['territoryWords'], territory === 'other'),
    ...not(['whichFamily', 'seenWhen', 'mayName'], outside),
    ...not(['supportRequest', 'dataSharing'], !outside),
    ...not(['categories'], ['nyagan', 'chelyabinsk', 'novgorod'].includes(region.code)),
    // One card asks both; without a call there is neither a number nor an hour.
    ...not(['safeToCall', 'safeToWrite'], false),
    ...not(['phone'], called),
    ...not(['hours'], called && phone !== 'telegram-only'),
  ]
}

const holds = (answers: Answers, region: Region) => {
  const { path, gap, answers: met } = walk(answers, region)
  const ids = path.map(({ id }) => id)
  const left = (id: QuestionId) => answers.skipped?.includes(id) && met[id] === undefined
  const passed = ids.filter((id) => id !== gap && !left(id))
  // What would be submitted: everything on the path, unchanged, and nothing else.
  const ways = ['safeContact', 'safeToWrite', 'safeToCall', 'phone', 'skipped']
  const but = (all: string[]) => all.filter((id) => !ways.includes(id))
  expect(but(Object.keys(met))).toEqual(but(passed))
  for (const id of passed) expect(met[id]).toBe(answers[id])
  expect(ids.filter((id) => offPath(met, region).includes(id))).toEqual([])
  expect(answersSchema.safeParse(met).success).toBe(true)
  // The path ends at the gap; without one, every applicable question has been asked.
  if (gap === null) {
    const all = questions.map(({ id }) => id).filter((id) => !offPath(met, region).includes(id))
    expect(ids).toEqual(all)
  } else expect(ids.at(-1)).toBe(gap)
  // The walk is idempotent.
  expect(walk(met, region)).toEqual({ path, gap, answers: met })
  for (const [index, id] of ids.entries())
    expect(previousQuestion(id, answers, region)).toBe(ids[index - 1] ?? null)
  for (const id of passed) {
    const { options } = question(id)
    if (options && met[id] !== undefined)
      expect(options(region, met)).toEqual(expect.arrayContaining([met[id]].flat()))
  }
  // A consent counts only for the form of address of its text; a refusal is accepted only for optional
  // consents.
  for (const id of ['personalData', 'supportRequest', 'dataSharing'] as const) {
    const { address, given } = met[id] ?? {}
    if (address !== undefined) expect(address).toBe(addressOfApplicant(met))
    if (id !== 'dataSharing' && given !== undefined) expect(given).toBe(true)
  }
}

/** Actions of a user: answer, go back, change an earlier answer. */
type Deed = { do: 'answer'; pick: number } | { do: 'back' } | { do: 'change'; nth: number }

const deeds: fc.Arbitrary<Deed[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('answer' as const), pick: fc.nat() }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('back' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('change' as const), nth: fc.nat() }) },
  ),
  { maxLength: 60 },
)

const play = (region: Region, steps: Deed[], look: (answers: Answers, at: QuestionId | null) => void) => {
  let answers: Answers = {}
  let at: QuestionId | null = 'applicant'
  for (const step of steps) {
    const { path, gap } = walk(answers, region)
    if (step.do === 'back') at = at && previousQuestion(at, answers, region)
    else if (step.do === 'change') at = path[step.nth % path.length]?.id ?? null
    else {
      const asked: QuestionId | null = at ?? gap
      if (asked === null) continue
      const [said] = fc.sample(answerTo(asked, region, walk(answers, region).answers), {
        numRuns: 1,
        seed: step.pick,
      })
      answers = { ...answers, [asked]: said }
      at = walk(answers, region).gap
    }
    look(answers, at)
  }
}

const seeds = fc.array(fc.nat(), { minLength: questions.length, maxLength: questions.length })

/** Answers gap by gap, giving every consent, until nothing is missing or there are no more picks. */
const goOn = (
  region: Region,
  begun: Answers,
  picks: number[],
  look: (gap: QuestionId, answers: Answers) => void,
): Answers => {
  let answers = begun
  for (const seed of picks) {
    const { gap, answers: met } = walk(answers, region)
    if (gap === null) break
    const yes = consent(addressOfApplicant(met), true)
    const [said] = fc.sample(answerTo(gap, region, met), { numRuns: 1, seed })
    answers = { ...answers, [gap]: question(gap).kind === 'consent' ? yes : said }
    look(gap, answers)
  }
  return answers
}

describe.each(regionCodes)('the questionnaire of %s', (code) => {
  const region = regionOf(code)

  test('exactly the answers on the path count, whatever the draft holds', () => {
    fc.assert(fc.property(anyAnswers, (answers) => holds(answers, region)))
  })

  test('holds in any order of answers, changes and steps back', () => {
    fc.assert(fc.property(deeds, (steps) => play(region, steps, (answers) => holds(answers, region))))
  })

  test('answering every question leads to the end, and no question is asked twice', () => {
    fc.assert(
      fc.property(anyAnswers, seeds, (begun, picks) => {
        const asked: QuestionId[] = []
        const answers = goOn(region, begun, picks, (gap, now) => {
          asked.push(gap)
          // Back leads to the question just answered.
          const next = walk(now, region).gap
          if (next === null) return
          const ids = walk(now, region).path.map(({ id }) => id)
          expect(ids.indexOf(next)).toBeGreaterThan(ids.indexOf(gap))
          if (ids.indexOf(next) === ids.indexOf(gap) + 1)
            expect(previousQuestion(next, now, region)).toBe(gap)
        })
        expect(walk(answers, region).gap).toBeNull()
        expect(new Set(asked).size).toBe(asked.length)
        holds(answers, region)
      }),
    )
  })

  test('a consent given under another form of address is asked again', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const met = walk(answers, region).answers
        const last = Object.keys(met).findLast(
          (id) => id !== 'skipped' && question(id as QuestionId).kind === 'consent',
        )
        fc.pre(last !== undefined)
        const elsewhere = addressOfApplicant(met) === 'minor' ? 'adult' : 'minor'
        const turned = { ...met, [last as QuestionId]: consent(elsewhere, true) }
        expect(walk(turned, region).gap).toBe(last)
      }),
    )
  })
})

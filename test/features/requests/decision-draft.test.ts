import { expect, test } from 'vitest'
import { closeOutcomes, decisionProblems } from '#features/requests/decision.ts'
import {
  type DecisionDraft,
  draftLevels,
  later,
  nextDecisionStep,
  stepBack,
  wordsOf,
  wordsToAdd,
} from '#features/requests/decision-draft.ts'
import { createDice, type Dice } from '#test/support/dice.ts'
import { seedFrom } from '#test/support/effort.ts'

const seed = seedFrom('DECISION_SEED')

/** Answers what is asked, at random, with an added word now and then. */
const answerNext = (dice: Dice, draft: DecisionDraft): DecisionDraft => {
  const step = nextDecisionStep(draft)
  switch (step.ask) {
    case 'outcome':
      return { outcome: dice.pick(closeOutcomes) }
    case 'level':
      return { ...draft, level: dice.pick(draftLevels) }
    case 'curator':
      return { ...draft, curatorId: dice.pick([later, 'somebody']) }
    case 'word':
      return { ...draft, [step.word]: 'Слова.' }
    case 'confirm': {
      const [word] = draft.outcome ? wordsToAdd(draft.outcome, draft) : []
      return word ? { ...draft, [word]: 'Ещё слова.' } : draft
    }
  }
}

test(`whatever is answered and taken back, what is confirmed can be decided (seed ${seed})`, () => {
  const dice = createDice(seed)
  let confirmed = 0
  for (let run = 0; run < 500; run += 1) {
    let draft: DecisionDraft = {}
    for (let turn = 0; turn < 12; turn += 1) {
      draft = dice.chance(2 / 3) ? answerNext(dice, draft) : (stepBack(draft) ?? {})
      if (nextDecisionStep(draft).ask !== 'confirm' || !draft.outcome) continue
      confirmed += 1
      expect(decisionProblems(draft.outcome, wordsOf(draft, draft.outcome))).toEqual({
        missing: [],
        foreign: [],
      })
    }
  }
  expect(confirmed).toBeGreaterThan(100)
})

test('going back takes one answer after the other, down to nothing', () => {
  for (const outcome of closeOutcomes) {
    let draft: DecisionDraft | null = { outcome }
    while (nextDecisionStep(draft).ask !== 'confirm') draft = answerNext(createDice(1), draft)
    let steps = 0
    for (; draft; steps += 1) draft = stepBack(draft)
    expect(steps).toBeGreaterThan(1)
  }
})

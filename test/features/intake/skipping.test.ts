import { expect, test } from 'vitest'
import type { QuestionId } from '#features/intake/answers.ts'
import { questions } from '#features/intake/questions.ts'

/** How each question may be left: skipped, by an answer that leaves it open, or why it may not. */
const leaving: Record<QuestionId, 'skip' | `answer: ${string}` | `asked: ${string}`> = {
  applicant: 'asked: consent, form of address and the questions themselves depend on it; words may answer it',
  representative: 'skip',
  birthDate: 'asked: under ten nobody may apply; the short way does not ask it',
  personalData: 'asked: nothing may be kept without it (152-ФЗ, ст. 9)',
  ownWords: 'skip',
  danger: 'answer: unknown',
  territory: 'answer: other',
  territoryWords: 'skip',
  whichFamily: 'skip',
  seenWhen: 'answer: unknown',
  circumstances: 'skip',
  categories: 'skip',
  helpKinds: 'skip',
  children: 'skip',
  safeContact: 'answer: none',
  safeToWrite: 'answer: no',
  name: 'skip',
  phone: 'answer: telegram-only',
  hours: 'skip',
  safeToCall: 'asked: no longer, see safeContact',
  mayName: 'answer: no',
  parents: 'answer: later',
  supportRequest: 'asked: it is the request itself',
  dataSharing: 'answer: refused',
}

test('every question may be skipped, or left open with one tap, or has a reason why not', () => {
  for (const { id, later, optional } of questions)
    expect([id, later === true || optional === true]).toEqual([id, leaving[id] === 'skip'])
  expect(questions.map(({ id }) => id).sort()).toEqual(Object.keys(leaving).sort())
})

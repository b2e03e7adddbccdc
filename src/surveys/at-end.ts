import type { SurveyData } from './data.ts'

/** Asks whether the family's original problem is solved: the first outcome of support (Stavropol 8.2). */
export const atEnd: SurveyData = {
  code: 'at-end',
  version: 1,
  when: { on: 'end' },
  audience: 'everyone',
  questions: [
    { code: 'solved', kind: 'scale', scale: 'solved', rescue: { atMost: 2 } },
    { code: 'unsolved', kind: 'text', showIf: { question: 'solved', atMost: 3 } },
    { code: 'respect', kind: 'scale', scale: 'agree', rescue: { atMost: 2 } },
    { code: 'heard', kind: 'scale', scale: 'agree' },
    { code: 'in-time', kind: 'scale', scale: 'soon' },
    { code: 'advise', kind: 'ten' },
    { code: 'change', kind: 'text', showIf: { question: 'advise', atMost: 6 } },
  ],
}

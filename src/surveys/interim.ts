import type { SurveyData } from './data.ts'

/** Accompanies the interim diagnosis (Stavropol 6.18) and covers the family's part in plan changes (6.26). */
export const interim: SurveyData = {
  code: 'interim',
  version: 1,
  when: { on: 'period', months: 3 },
  audience: 'everyone',
  questions: [
    { code: 'helped', kind: 'scale', scale: 'helped', rescue: { atMost: 2 } },
    {
      code: 'kinds',
      kind: 'many',
      // The kinds of help in Stavropol 5 and 6.24, plus talks, which no plan lists.
      options: ['medical', 'psychological', 'pedagogical', 'legal', 'social', 'talks'],
      showIf: { question: 'helped', atLeast: 3 },
    },
    { code: 'respect', kind: 'scale', scale: 'agree', rescue: { atMost: 2 } },
    { code: 'plan', kind: 'scale', scale: 'clear' },
    { code: 'heard', kind: 'one', options: ['yes', 'partly', 'no', 'unchanged'] },
    { code: 'in-time', kind: 'scale', scale: 'soon' },
    {
      code: 'missing',
      kind: 'text',
      showIf: {
        any: [
          { question: 'helped', atMost: 2 },
          { question: 'respect', atMost: 2 },
          { question: 'heard', is: ['no'] },
          { question: 'in-time', atMost: 2 },
        ],
      },
    },
  ],
}

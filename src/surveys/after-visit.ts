import type { SurveyData } from './data.ts'

/** Every member the visit was for rates the visitor: respect, clarity, timeliness (Stavropol 6.15.2, 6.27). */
export const afterVisit: SurveyData = {
  code: 'after-visit',
  version: 1,
  when: { on: 'visit' },
  audience: 'everyone',
  questions: [
    { code: 'helped', kind: 'scale', scale: 'helped', rescue: { atMost: 2 } },
    { code: 'respect', kind: 'scale', scale: 'agree', rescue: { atMost: 2 } },
    { code: 'next-step', kind: 'scale', scale: 'clear' },
    { code: 'on-time', kind: 'one', options: ['in-time', 'late-told', 'late-untold'] },
    {
      code: 'missing',
      kind: 'text',
      showIf: {
        any: [
          { question: 'helped', atMost: 2 },
          { question: 'respect', atMost: 2 },
          { question: 'next-step', atMost: 2 },
          { question: 'on-time', is: ['late-untold'] },
        ],
      },
    },
  ],
}

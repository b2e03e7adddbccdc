import type { SurveyData } from './data.ts'

/** A half-minute survey that staff start manually between the scheduled ones. */
export const byHand: SurveyData = {
  code: 'by-hand',
  version: 1,
  when: { on: 'hand' },
  audience: 'everyone',
  questions: [
    { code: 'helped', kind: 'one', options: ['yes', 'partly', 'no'], rescue: { is: ['no'] } },
    { code: 'respect', kind: 'scale', scale: 'agree', rescue: { atMost: 2 } },
    { code: 'whom', kind: 'yes-no' },
    {
      code: 'missing',
      kind: 'text',
      showIf: {
        any: [
          { question: 'helped', is: ['partly', 'no'] },
          { question: 'respect', atMost: 2 },
          { question: 'whom', is: ['no'] },
        ],
      },
    },
  ],
}

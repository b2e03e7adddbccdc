import type { SurveyData } from './data.ts'

/** Checks whether the results of support have lasted (Chelyabinsk 3.2.1: every three months). */
export const afterEnd: SurveyData = {
  code: 'after-end',
  version: 2,
  when: { on: 'after-end', months: 3 },
  audience: 'everyone',
  questions: [
    { code: 'now', kind: 'scale', scale: 'better', rescue: { atMost: 2 } },
    { code: 'coping', kind: 'yes-no' },
    {
      code: 'need',
      since: 2,
      kind: 'one',
      options: ['talk', 'specialist', 'things', 'again', 'nothing'],
      showIf: {
        any: [
          { question: 'now', atMost: 2 },
          { question: 'coping', is: ['no'] },
        ],
      },
    },
    { code: 'helped', kind: 'scale', scale: 'helped', rescue: { atMost: 2 } },
    { code: 'advise', kind: 'ten' },
    { code: 'word', kind: 'text' },
  ],
}

import type { RegionText } from './schema.ts'

/** «О социальном сопровождении семей с детьми», РЦ «Гармония», Нягань, 2017: categories and an algorithm, no terms. */
export const nyagan = {
  code: 'nyagan',
  timeZone: 'Asia/Yekaterinburg',
  locale: 'ru-RU',
  applicants: {
    parent: { allowed: true, registeredAs: 'application', clause: 'алгоритм, 1' },
    representative: { allowed: true, registeredAs: 'application', clause: 'алгоритм, 1' },
    minor: { allowed: true, registeredAs: 'application', clause: 'алгоритм, 1' },
    // Messages come from helplines and prevention bodies only.
    'other-person': { allowed: false, registeredAs: 'message', clause: 'алгоритм, 1' },
  },
  representatives: ['guardian', 'trustee', 'adoptive-parent', 'foster-parent', 'other'],
  territories: [
    { code: 'nyagan' },
    { code: 'talinka' },
    { code: 'priobye' },
    { code: 'unyugan' },
    { code: 'sergino' },
    { code: 'andra' },
  ],
  categories: [
    { code: 'foster-family', clause: 'категории, 1' },
    { code: 'disabled-child', clause: 'категории, 2' },
    { code: 'early-health-needs', clause: 'категории, 3' },
    { code: 'large-family', clause: 'категории, 4' },
    { code: 'low-income', clause: 'категории, 5' },
    { code: 'giving-up-child', clause: 'категории, 6' },
    { code: 'single-parent', clause: 'категории, 7' },
    // «Социально опасное положение» includes cruelty (120-ФЗ, ст. 1).
    { code: 'family-in-danger', urgentHint: true, clause: 'категории, 8' },
    { code: 'displaced-family', clause: 'категории, 9' },
    { code: 'parent-addiction', clause: 'категории, 10' },
    { code: 'young-offender', clause: 'категории, 11' },
    { code: 'mother-hardship', clause: 'категории, 12' },
  ],
  circumstances: [],
  helpKinds: ['medical', 'psychological', 'pedagogical', 'legal', 'social'],
  deadlines: {},
  supportLevels: {
    adaptation: { clause: 'алгоритм, 2' },
    basic: { clause: 'алгоритм, 2' },
    crisis: { clause: 'алгоритм, 2' },
    emergency: { clause: 'алгоритм, 2' },
  },
  stages: [
    'identified',
    'status',
    'ipss',
    'commission-decision',
    'contract',
    'activities',
    'interim-diagnosis',
    'monitoring',
  ],
} as const satisfies RegionText

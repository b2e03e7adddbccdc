import { crimeaCase } from './cases/crimea.ts'
import type { RegionText } from './schema.ts'

/**
 * Методические рекомендации по организации социального сопровождения лиц, признанных нуждающимися в социальном обслуживании,
 * КРЦСССДМ, Республика Крым. The measures are entered into the programme of social services: there is no ИПСС.
 */
export const crimea = {
  code: 'crimea',
  timeZone: 'Europe/Simferopol',
  locale: 'ru-RU',
  // Whoever is recognised as needing services (5); who applies, and how, is not said.
  applicants: {
    parent: { allowed: true, registeredAs: 'application', clause: 'product' },
    representative: { allowed: true, registeredAs: 'application', clause: 'product' },
    minor: { allowed: true, registeredAs: 'message', clause: 'product' },
    'other-person': { allowed: true, registeredAs: 'message', clause: 'product' },
  },
  representatives: ['guardian', 'trustee', 'adoptive-parent', 'foster-parent', 'other'],
  categories: [],
  // The eight of 442-ФЗ, ст. 15, ч. 1, in its order.
  circumstances: [
    { code: 'self-care-loss', group: 'health', clause: '5 (1)' },
    { code: 'disabled-relative', group: 'health', clause: '5 (2)' },
    { code: 'child-adaptation', group: 'child', clause: '5 (3)' },
    { code: 'no-carer', group: 'parents', clause: '5 (4)' },
    { code: 'family-conflict', group: 'conflict-and-violence', urgentHint: true, clause: '5 (5)' },
    { code: 'no-home', group: 'housing-and-money', clause: '5 (6)' },
    { code: 'no-work', group: 'housing-and-money', clause: '5 (7)' },
    { code: 'other-circumstance', group: 'family', clause: '5 (8)' },
  ],
  helpKinds: ['social', 'psychological', 'pedagogical', 'medical', 'legal', 'other'], // 7
  deadlines: {},
  // The text knows no levels.
  supportLevels: {
    adaptation: { clause: 'product' },
    basic: { clause: 'product' },
    crisis: { clause: 'product' },
    emergency: { clause: 'product' },
  },
  visitCadence: {}, // 9 (2): visits, without a number
  stages: [
    'registered',
    'commission-decision', // 5
    'need', // 9 (1), 9 (4)
    'ipss', // 8, 9 (9)
    'activities', // 9 (2), (3), (5), (7)
    'result', // 1
  ],
  // The guidelines set no deadlines: the default's apply where they have the same step.
  stageDeadlines: {
    'commission-decision': ['commission-decision'],
    ipss: ['ipss'],
  },
  stageEvents: {},
  caseRules: crimeaCase,
  // Nobody has confirmed any yet: { by, on } for each fact.
  confirmedFacts: {},
  sources: [], // the application for social services comes before (1)
  levelSigns: [], // the text has none
} as const satisfies RegionText

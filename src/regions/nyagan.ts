import { nyaganCase } from './cases/nyagan.ts'
import type { RegionText } from './schema.ts'

/** «О социальном сопровождении семей с детьми», РЦ «Гармония», Нягань, 2017: categories and an algorithm, no deadlines. */
export const nyagan = {
  code: 'nyagan',
  timeZone: 'Asia/Yekaterinburg',
  locale: 'ru-RU',
  applicants: {
    parent: { allowed: true, registeredAs: 'application', clause: 'algorithm 1' },
    representative: { allowed: true, registeredAs: 'application', clause: 'algorithm 1' },
    minor: { allowed: true, registeredAs: 'application', clause: 'algorithm 1' },
    // Messages come from helplines and prevention bodies only.
    'other-person': { allowed: false, registeredAs: 'message', clause: 'algorithm 1' },
  },
  representatives: ['guardian', 'trustee', 'adoptive-parent', 'foster-parent', 'other'],
  categories: [
    { code: 'foster-family', group: 'family', clause: 'categories 1' },
    { code: 'disabled-child', group: 'health', clause: 'categories 2' },
    { code: 'early-health-needs', group: 'health', clause: 'categories 3' },
    { code: 'large-family', group: 'family', clause: 'categories 4' },
    { code: 'low-income', group: 'housing-and-money', clause: 'categories 5' },
    { code: 'giving-up-child', group: 'parents', clause: 'categories 6' },
    { code: 'single-parent', group: 'family', clause: 'categories 7' },
    // «Социально опасное положение» includes cruelty (120-ФЗ, ст. 1).
    { code: 'family-in-danger', group: 'conflict-and-violence', urgentHint: true, clause: 'categories 8' },
    { code: 'displaced-family', group: 'housing-and-money', clause: 'categories 9' },
    { code: 'parent-addiction', group: 'parents', clause: 'categories 10' },
    { code: 'young-offender', group: 'child', clause: 'categories 11' },
    { code: 'mother-hardship', group: 'parents', clause: 'categories 12' },
  ],
  circumstances: [],
  helpKinds: ['medical', 'psychological', 'pedagogical', 'legal', 'social'],
  deadlines: {},
  supportLevels: {
    adaptation: { clause: 'algorithm 2' },
    basic: { clause: 'algorithm 2' },
    crisis: { clause: 'algorithm 2' },
    emergency: { clause: 'algorithm 2' },
  },
  visitCadence: {},
  stages: ['identified', 'status', 'ipss', 'commission-decision', 'contract', 'activities', 'monitoring'],
  // The leaflet sets no deadlines: the default's apply where its algorithm has the same step.
  stageDeadlines: {
    status: ['home-survey', 'commission-decision'], // algorithm 2: the survey, the need, the curator and the level
    ipss: ['ipss'], // algorithm 3
    'commission-decision': ['ipss-copy'], // algorithm 4: the commission approves the plan
    contract: ['contract'], // algorithm 5
  },
  stageEvents: {
    'survey-referral': { stage: 'status', at: 'beginning' },
    'ipss-approval': { stage: 'commission-decision', at: 'end' },
  },
  caseRules: nyaganCase,
  // Nobody has confirmed any yet: { by, on } for each fact.
  confirmedFacts: {},
  sources: [
    { code: 'application', from: 'applicant', registeredAs: 'application', clause: 'algorithm 1' },
    { code: 'helpline', from: 'helpline', registeredAs: 'message', clause: 'algorithm 1' },
    { code: 'prevention-body', from: 'organisation', registeredAs: 'message', clause: 'algorithm 1' },
  ],
  levelSigns: [], // the text has none
} as const satisfies RegionText

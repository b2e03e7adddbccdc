import { novgorodCase } from './cases/novgorod.ts'
import type { RegionText } from './schema.ts'

/**
 * Модельная программа социального сопровождения семей с детьми на территории Новгородской области, приказ от 25.04.2018
 * № 305. It has a «план мероприятий» and no ИПСС, and the contract precedes the plan.
 */
export const novgorod = {
  code: 'novgorod',
  timeZone: 'Europe/Moscow',
  locale: 'ru-RU',
  applicants: {
    parent: { allowed: true, registeredAs: 'application', clause: '3.4' },
    representative: { allowed: true, registeredAs: 'application', clause: '3.4' },
    // 3.4 does not list minors as applicants.
    minor: { allowed: true, registeredAs: 'message', clause: 'product' },
    'other-person': { allowed: true, registeredAs: 'message', clause: '3.4' },
  },
  // «Письменное заявление родителя (законного представителя)».
  minorAgreement: { askBelow: 18, clause: '3.4' },
  representatives: ['guardian', 'trustee', 'adoptive-parent', 'foster-parent', 'other'],
  // 3.1 names eight; the forms of the report ask for the halves of the first and the fourth apart.
  categories: [
    { code: 'disabled-child', group: 'health', clause: '3.1 (1)' },
    { code: 'early-health-needs', group: 'health', clause: '3.1 (1)' },
    { code: 'family-in-danger', group: 'conflict-and-violence', urgentHint: true, clause: '3.1 (2)' },
    { code: 'young-offender', group: 'child', clause: '3.1 (3)' },
    { code: 'mother-newborn', group: 'parents', clause: '3.1 (4)' },
    { code: 'pregnant-giving-up', group: 'parents', clause: '3.1 (4)' },
    { code: 'single-parent', group: 'family', clause: '3.1 (5)' },
    { code: 'large-family', group: 'family', clause: '3.1 (6)' },
    { code: 'restricted-rights', group: 'parents', clause: '3.1 (7)' },
    { code: 'other-category', group: 'family', clause: '3.1 (8)' },
  ],
  circumstances: [],
  helpKinds: ['medical', 'legal', 'pedagogical', 'psychological', 'social'], // annex 2 of the order, 1.5.1–1.5.5
  deadlines: {
    ipss: { days: 30, dayKind: 'calendar', from: 'contract', clause: '3.5.2' },
  },
  // The text knows no levels.
  supportLevels: {
    adaptation: { clause: 'product' },
    basic: { clause: 'product' },
    crisis: { clause: 'product' },
    emergency: { clause: 'product' },
  },
  visitCadence: {},
  stages: [
    'registered', // 3.4
    'need', // 3.5
    'contract', // 3.5
    'search', // 3.5.1
    'agreed-plan', // 3.5.2
    'activities', // 3.5.3
    'reflection', // 3.5.4
    'post-support', // 3.5.5
  ],
  stageDeadlines: {
    need: ['commission-decision'], // 3.5 sets no term for it: the default's
    'agreed-plan': ['ipss'], // 3.5.2: the working group approves the plan
  },
  stageEvents: {
    contract: { stage: 'contract', at: 'end' },
  },
  caseRules: novgorodCase,
  // Nobody has confirmed any yet: { by, on } for each fact.
  confirmedFacts: {},
  sources: [
    { code: 'other-person', from: 'person', registeredAs: 'message', clause: '3.4' },
    { code: 'organisation', from: 'organisation', registeredAs: 'message', clause: '3.4' },
    { code: 'child-helpline', from: 'helpline', registeredAs: 'message', clause: '3.4' },
    { code: 'hotline', from: 'helpline', registeredAs: 'message', clause: '3.4' },
    { code: 'trust-mail', from: 'helpline', registeredAs: 'message', clause: '3.4' },
    { code: 'portal', from: 'helpline', registeredAs: 'message', clause: '3.4' },
    { code: 'family-ambulance', from: 'staff', registeredAs: 'message', clause: '3.4' },
    { code: 'application', from: 'applicant', registeredAs: 'application', clause: '3.4' },
    { code: 'prevention-body', from: 'organisation', registeredAs: 'message', clause: '3.4' },
  ],
  levelSigns: [], // the text has none
} as const satisfies RegionText

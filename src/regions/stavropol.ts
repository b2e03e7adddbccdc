import { stavropolCase } from './cases/stavropol.ts'
import type { RegionText } from './schema.ts'

/**
 * Положение о Службе социального сопровождения, Ставропольский центр социальной помощи семье и детям.
 * The most complete regulation, and therefore the product's default.
 */
export const stavropol = {
  code: 'stavropol',
  timeZone: 'Europe/Moscow',
  locale: 'ru-RU',
  applicants: {
    parent: { allowed: true, registeredAs: 'application', clause: '6.3 (2)' },
    representative: { allowed: true, registeredAs: 'application', clause: '6.3 (2)' },
    // Of the two clauses 6.3 the second lists who may start it, and no minors: a child's message starts the same
    // process as an appeal.
    minor: { allowed: true, registeredAs: 'message', clause: 'product' },
    'other-person': { allowed: true, registeredAs: 'message', clause: '6.3 (2)' },
  },
  // Whoever applies is a «родитель, опекун, попечитель, иной законный представитель»: a minor's own word starts no support.
  minorAgreement: { askBelow: 18, clause: '6.3 (2)' },
  representatives: ['guardian', 'trustee', 'adoptive-parent', 'foster-parent', 'other'],
  categories: [],
  circumstances: [
    { code: 'self-care-loss', group: 'health', clause: '3.1 (1)' },
    { code: 'disabled-relative', group: 'health', clause: '3.1 (2)' },
    { code: 'child-adaptation', group: 'child', clause: '3.1 (3)' },
    { code: 'no-carer', group: 'parents', clause: '3.1 (4)' },
    { code: 'family-conflict', group: 'conflict-and-violence', urgentHint: true, clause: '3.1 (5)' },
    { code: 'no-home', group: 'housing-and-money', clause: '3.1 (6)' },
    { code: 'no-work', group: 'housing-and-money', clause: '3.1 (7)' },
    { code: 'child-hardship', group: 'child', clause: '3.1 (8)' },
    { code: 'family-in-danger', group: 'conflict-and-violence', urgentHint: true, clause: '3.1 (9)' },
    { code: 'parent-illness', group: 'health', clause: '3.1 (10)' },
    { code: 'child-abuse', group: 'conflict-and-violence', urgentHint: true, clause: '3.1 (11)' },
    { code: 'young-offender', group: 'child', clause: '3.1 (12)' },
    { code: 'suicide-risk', group: 'child', urgentHint: true, clause: '3.1 (13)' },
    { code: 'self-harm', group: 'child', urgentHint: true, clause: '3.1 (14)' },
    { code: 'parent-child-crisis', group: 'conflict-and-violence', clause: '3.1 (15)' },
    { code: 'harmful-pursuits', group: 'child', clause: '3.1 (16)' },
    { code: 'drawn-into-crime', group: 'child', urgentHint: true, clause: '3.1 (17)' },
    { code: 'minor-parent', group: 'family', clause: '3.1 (18)' },
    { code: 'divorce', group: 'conflict-and-violence', clause: '3.1 (19)' },
    { code: 'no-food-or-clothes', group: 'housing-and-money', clause: '3.1 (20)' },
    { code: 'home-hygiene', group: 'housing-and-money', clause: '3.1 (21)' },
    { code: 'lost-control', group: 'parents', clause: '3.1 (22)' },
    { code: 'medical-care-unmet', group: 'health', clause: '3.1 (23)' },
    { code: 'parenting-skills', group: 'parents', clause: '3.1 (24)' },
    { code: 'guardianship', group: 'family', clause: '3.1 (25)' },
    { code: 'giving-up-child', group: 'parents', clause: '3.1 (26)' },
    { code: 'displaced-family', group: 'housing-and-money', clause: '3.1 (27)' },
    { code: 'accessible-environment', group: 'health', clause: '3.1 (28)' },
    { code: 'grief', group: 'child', clause: '3.1 (29)' },
    { code: 'foster-family', group: 'family', clause: '3.1 (30)' },
    { code: 'single-parent', group: 'family', clause: '3.1 (31)' },
    { code: 'parent-addiction', group: 'parents', clause: '3.1 (32)' },
    { code: 'low-income', group: 'housing-and-money', clause: '3.1 (33)' },
  ],
  helpKinds: ['medical', 'psychological', 'pedagogical', 'legal', 'social'],
  // Section 5 has five kinds; 6.24 names four, so the pedagogical stands beside them.
  accounted: { kinds: ['medical', 'psychological', 'legal', 'social'], clause: '6.24' },
  deadlines: {
    'home-survey': { days: 3, dayKind: 'calendar', from: 'survey-referral', clause: '6.6' },
    'commission-decision': { days: 5, dayKind: 'working', from: 'application', clause: '6.8' },
    ipss: { days: 10, dayKind: 'working', from: 'application', clause: '6.12' },
    'ipss-copy': { days: 10, dayKind: 'working', from: 'application', clause: '6.14' },
    contract: { days: 1, dayKind: 'working', from: 'ipss-approval', clause: '6.16' },
  },
  supportLevels: {
    adaptation: { months: 12, clause: '6.11' },
    basic: { months: 12, clause: '6.11' },
    crisis: { months: 6, clause: '6.11' },
    emergency: { months: 3, clause: '6.11' },
  },
  visitCadence: {
    adaptation: { atLeast: 1, atMost: 1, per: 'month', clause: '6.18' },
    basic: { atLeast: 1, atMost: 2, per: 'month', clause: '6.18' },
    crisis: { atLeast: 1, atMost: 1, per: 'week', clause: '6.18' },
    emergency: { atLeast: 2, atMost: 3, per: 'week', clause: '6.18' },
  },
  stages: [
    'registered',
    'home-survey',
    'consilium',
    'commission-decision',
    'ipss',
    'ipss-approval',
    'contract',
    'activities',
    'analysis',
    'closing-decision',
  ],
  stageDeadlines: {
    'home-survey': ['home-survey'], // 6.6
    'commission-decision': ['commission-decision'], // 6.8
    ipss: ['ipss'], // 6.12
    'ipss-approval': ['ipss-copy'], // 6.14: a copy of the approved plan within the same ten days
    contract: ['contract'], // 6.16
  },
  stageEvents: {
    // 6.6: the survey begins with the referral.
    'survey-referral': { stage: 'home-survey', at: 'beginning' },
    // 6.16: the contract's deadline counts from the end of the approval.
    'ipss-approval': { stage: 'ipss-approval', at: 'end' },
  },
  caseRules: stavropolCase,
  // Nobody has confirmed any yet: { by, on } for each fact.
  confirmedFacts: {},
  sources: [
    { code: 'application', from: 'applicant', registeredAs: 'application', clause: '6.3 (2)' },
    { code: 'other-person', from: 'person', registeredAs: 'appeal', clause: '6.3 (2)' },
    { code: 'state-body', from: 'organisation', registeredAs: 'appeal', clause: '6.3 (2)' },
    { code: 'municipal-body', from: 'organisation', registeredAs: 'appeal', clause: '6.3 (2)' },
    { code: 'association', from: 'organisation', registeredAs: 'appeal', clause: '6.3 (2)' },
    { code: 'internal-memo', from: 'staff', registeredAs: 'memo', clause: '6.3 (2)' },
    { code: 'services-application', from: 'applicant', registeredAs: 'application', clause: '6.21' },
  ],
  levelSigns: [
    { code: 'adaptation-1', level: 'adaptation', clause: '4.1' },
    { code: 'adaptation-2', level: 'adaptation', clause: '4.1' },
    { code: 'adaptation-3', level: 'adaptation', clause: '4.1' },
    { code: 'adaptation-4', level: 'adaptation', clause: '4.1' },
    { code: 'basic-1', level: 'basic', clause: '4.1' },
    { code: 'basic-2', level: 'basic', clause: '4.1' },
    { code: 'basic-3', level: 'basic', clause: '4.1' },
    { code: 'basic-4', level: 'basic', clause: '4.1' },
    { code: 'basic-5', level: 'basic', clause: '4.1' },
    { code: 'basic-6', level: 'basic', clause: '4.1' },
    { code: 'basic-7', level: 'basic', clause: '4.1' },
    { code: 'basic-8', level: 'basic', clause: '4.1' },
    { code: 'crisis-1', level: 'crisis', clause: '4.1' },
    { code: 'crisis-2', level: 'crisis', clause: '4.1' },
    { code: 'crisis-3', level: 'crisis', clause: '4.1' },
    { code: 'crisis-4', level: 'crisis', clause: '4.1' },
    { code: 'crisis-5', level: 'crisis', clause: '4.1' },
    { code: 'emergency-1', level: 'emergency', clause: '4.1' },
    { code: 'emergency-2', level: 'emergency', clause: '4.1' },
    { code: 'emergency-3', level: 'emergency', clause: '4.1' },
    { code: 'emergency-4', level: 'emergency', clause: '4.1' },
    { code: 'emergency-5', level: 'emergency', clause: '4.1' },
    { code: 'emergency-6', level: 'emergency', clause: '4.1' },
    { code: 'emergency-7', level: 'emergency', clause: '4.1' },
  ],
} as const satisfies RegionText

import type { CaseRules } from '../case-rules.ts'

export const crimeaCase: CaseRules = {
  events: {
    application: { begins: 'registered', clause: 'product' },
    'sent-to-commission': { ends: 'registered', after: ['application'], clause: 'product' },
    'need-recognised': { ends: 'commission-decision', after: ['application'], clause: '5' },
    'first-diagnosis': { ends: 'need', after: ['need-recognised'], clause: '9 (1)' },
    contract: { after: ['application'], clause: '4' },
    'ipss-sent': { ends: 'ipss', after: ['need-recognised'], clause: '9 (9)' },
    'ipss-began': { begins: 'activities', after: ['ipss-sent'], clause: '9 (5)' },
    // 9 (10): the effectiveness is analysed every quarter.
    'interim-diagnosis': { after: ['ipss-began'], again: true, clause: '9 (10)' },
    'ipss-ended': { ends: 'activities', after: ['ipss-began'], clause: '1' },
    continued: { back: 'ipss', after: ['ipss-ended'], clause: 'product' },
  },
  met: {
    'commission-decision': { by: 'need-recognised', responsible: 'commission' },
    ipss: { by: 'ipss-sent', responsible: 'institution' },
  },
  interim: { months: 3, clause: '9 (10)' },
  postSupport: { months: 3, times: 4, clause: 'product' },
  untimed: ['result'],
  closing: [],
}

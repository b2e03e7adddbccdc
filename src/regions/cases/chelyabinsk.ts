import type { CaseRules } from '../case-rules.ts'

export const chelyabinskCase: CaseRules = {
  events: {
    application: { begins: 'registered', clause: '3.2.1' },
    'need-recognised': { ends: 'registered', after: ['application'], clause: 'product' },
    'curator-named': { ends: 'curator', after: ['application'], clause: '3.1' },
    'contact-made': { ends: 'first-contact', after: ['application'], clause: '3.2' },
    // «Соглашение» (3.2.1) and «договор» (3.1, 3.4) are read as one document.
    contract: { ends: 'agreement', after: ['application'], clause: '3.2.1' },
    'first-diagnosis': { ends: 'diagnosis', after: ['contract'], clause: '3.2.1' },
    'ipss-sent': { ends: 'ipss', after: ['contract'], clause: '3.2.1' },
    'ipss-began': { begins: 'activities', after: ['ipss-sent'], clause: '3.4' },
    'interim-diagnosis': { after: ['ipss-began'], again: true, clause: '3.4' },
    'ipss-ended': { ends: 'activities', after: ['ipss-began'], clause: '3.5' },
    'final-diagnosis': { ends: 'final-diagnosis', after: ['ipss-ended'], clause: '3.5' },
    continued: { back: 'ipss', after: ['ipss-ended'], clause: '3.5' },
  },
  met: {
    'commission-decision': { by: 'need-recognised', responsible: 'institution' },
    ipss: { by: 'ipss-sent', responsible: 'curator' },
  },
  interim: { months: 3, clause: 'product' },
  // 3.2.1 says every three months, and not until when.
  postSupport: { months: 3, times: 4, clause: '3.2.1' },
  untimed: ['curator', 'first-contact', 'agreement', 'final-diagnosis', 'closing-decision', 'post-support'],
  closing: [],
}

import type { Decision } from './column-decisions.ts'

const consentTexts = { clear: 'wordings of consents' }

/** What stands in the tables about consents and the rights of whom they are of. */
export const consentColumns: Readonly<Record<string, Readonly<Record<string, Decision>>>> = {
  consents: {
    kind: 'code',
    version: 'code',
    text_hash: 'hash',
    language: 'code',
    channel: 'code',
    how: 'code',
  },
  consent_withdrawals: { how: 'code' },
  consent_texts: {
    hash: 'hash',
    kind: 'code',
    language: 'code',
    address: 'code',
    medium: 'code',
    version: 'code',
    title: consentTexts,
    markdown: consentTexts,
  },
  data_requests: { kind: 'code', source: 'code', territory: 'code', content: 'sealed', outcome: 'code' },
  data_request_steps: { kind: 'code', text: 'sealed' },
  paper_scans: { type: 'code', content: 'sealed' },
  representative_checks: { paper: 'code', details: 'sealed' },
  together: {
    joins_as: 'code',
    token_hash: 'hash',
    token: 'sealed',
    starter_name: 'sealed',
    joiner_name: 'sealed',
    agreement: { clear: 'which wording somebody agreed to, as kind, version, hash and language' },
    status: 'code',
  },
}

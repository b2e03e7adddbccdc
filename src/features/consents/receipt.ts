import { sha256 } from '#core/ids.ts'
import type { Sealer } from '#storage/seal.ts'
import type { ConsentForPerson } from './consent-registry.ts'

// A receipt is a few lines of text that stand on paper and in its QR code: what was agreed to, a checksum that anybody can
// recompute, and a signature with the centre's key, which `ryadom receipt verify` checks without a database (ADR 114).

const purpose = 'consent-receipts'
const heading = 'ryadom consent receipt 1'

type Facts = Pick<
  ConsentForPerson,
  'id' | 'kind' | 'version' | 'textHash' | 'language' | 'givenAt' | 'how' | 'withdrawnAt'
>

/** The receipt of a consent, as its QR code says it. */
export const receiptOf = (sealer: Sealer, consent: Facts): string => {
  const { id, kind, version, textHash, language, givenAt, how, withdrawnAt } = consent
  const said = [
    heading,
    `id ${id}`,
    `kind ${kind}`,
    `version ${version}`,
    `text ${textHash}`,
    `language ${language}`,
    `given ${givenAt.toISOString()}`,
    `how ${how}`,
    `withdrawn ${withdrawnAt?.toISOString() ?? '-'}`,
  ].join('\n')
  return `${said}\nsum ${sha256(`${said}\n`)}\nsign ${sealer.sign(said, purpose)}`
}

/**
 * `altered`: the checksum is of other lines. `unknown-key`: whole, but signed by another centre, or with a key that is not
 * configured any more; a forger can recompute the sum. `unreadable`: no receipt.
 */
export type Verified = { is: 'valid'; lines: string[] } | { is: 'altered' | 'unknown-key' | 'unreadable' }

const form = new RegExp(`^(${heading}\\n(?:[a-z]+ \\S+\\n){8})sum ([0-9a-f]{64})\\nsign ([A-Za-z0-9_-]{43})$`)

/** Checks a receipt as it was read from a QR code or typed; blanks at the ends of lines do not matter. */
export const verifyReceipt = (sealer: Sealer, text: string): Verified => {
  const tidy = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
  const [, said = '', sum, sign = ''] = form.exec(tidy) ?? []
  if (said === '') return { is: 'unreadable' }
  if (sha256(said) !== sum) return { is: 'altered' }
  if (!sealer.isSigned(said.trimEnd(), sign, purpose)) return { is: 'unknown-key' }
  return { is: 'valid', lines: said.trimEnd().split('\n').slice(1) }
}

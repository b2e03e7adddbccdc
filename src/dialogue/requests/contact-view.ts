import { escapeHtml, type Say } from '#core/text.ts'
import type { View } from '#dialogue/view.ts'
import type { Contact } from '#features/requests/request-content.ts'
import type { Region } from '#regions/schema.ts'
import { type CardBuilder, paragraphs } from '../card-builder.ts'
import { answerInWords } from '../intake/summary-view.ts'

/** The family's contact and what is safe. Protected from forwarding and deleted after ten minutes. */
export const contactView = (
  { say }: CardBuilder,
  {
    request,
    region,
    contact,
    merged = [],
    joiner = null,
    minutes,
    account,
  }: {
    request: { number: string }
    region: Region
    contact: Contact
    /** Of those that were merged into it. */
    merged?: readonly { number: string; contact: Contact }[]
    /** Who asks together with them, as they named themselves. */
    joiner?: string | null
    minutes: number
    /** Of a child under ten, who was asked for nothing else. */
    account: string | null
  },
): View => {
  const said = contactInWords(say, region, contact)
  return {
    screen: 'case.contact',
    html: paragraphs(
      say.t('case.contactTitle', { number: request.number }),
      said.warnings.join('\n'),
      account === null ? said.lines.join('\n') : accountLine(say, account),
      joiner !== null && say.t('case.joiner', { name: joiner }),
      ...merged.map(({ number, contact: of }) => {
        const { warnings, lines } = contactInWords(say, region, of)
        return [say.t('case.mergedFrom', { number }), ...warnings, ...lines].join('\n')
      }),
      say.t('case.contactGone', { count: minutes }),
    ),
    rows: [],
    confidential: true,
  }
}

/** What was said of how to reach somebody, each line as HTML: what is not safe, then the rest. */
export const contactInWords = (
  say: Say,
  region: Region,
  contact: Contact,
): { warnings: string[]; lines: string[] } => {
  const line = (id: Exclude<keyof Contact, 'address'>) =>
    `<b>${say.t(`question.${id}.short`)}:</b> ${answerInWords(say, region, id, contact)}`
  const { safeToCall, safeToWrite, mayName, parents } = contact
  const all = (given: readonly (string | false | null | undefined)[]) => given.flatMap((one) => one || [])
  return {
    warnings: all([
      safeToCall === 'no' && say.t('case.neverCall'),
      safeToWrite === 'no' && say.t('case.neverWrite'),
      mayName === 'no' && say.t('case.neverName'),
      parents && say.t(`case.parents.${parents}`),
    ]),
    lines: all([line('name'), line('phone'), line('hours'), addressLine(say, contact.address)]),
  }
}

/** Null: nobody has written one down. */
export const addressLine = (say: Say, address: string | undefined): string | null =>
  address === undefined ? null : `<b>${say.t('case.address')}:</b> ${escapeHtml(address)}`

/** A link to the account, by which an adult of the centre can write to the child. */
const accountLine = (say: Say, account: string): string => {
  const telegram = /^telegram:(\d+)$/.exec(account)?.[1]
  const shown = escapeHtml(account)
  return `<b>${say.t('case.account')}:</b> ${telegram ? `<a href="tg://user?id=${telegram}">${shown}</a>` : shown}`
}

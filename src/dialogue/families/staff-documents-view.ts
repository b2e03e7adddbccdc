import { formatDay } from '#core/dates.ts'
import type { Say } from '#core/text.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import type { View } from '#dialogue/view.ts'
import type { CaseDocument } from '#features/families/case-documents.ts'
import type { Region } from '#regions/schema.ts'
import type { Family } from '#storage/families/families.ts'

type Facts = {
  family: Family
  documents: readonly CaseDocument[]
  region: Pick<Region, 'code' | 'timeZone'>
  now: Date
}

/** Each document with its dates; those that are not signed have a button. */
export const documentsView = (builder: CardBuilder, { family, documents, region, now }: Facts): View => {
  const { say, button, link, card } = builder
  const missing = documents.filter((one) => one.missing)
  const lines = documents.map((one) => {
    const { made, signed, given } = one.dates
    const said = (
      [
        ['made', made],
        ['signed', signed],
        ['given', given],
      ] as const
    ).flatMap(([event, date]) => (date ? say.t(`documents.${event}`, { day: dayOf(say, date.on, now) }) : []))
    const mark = signed ? '✓' : one.missing ? '○' : '·'
    return `${mark} ${documentName(say, region.code, one.code)}${said.length > 0 ? `: ${said.join(', ')}` : ''}`
  })
  return card(
    'family-documents',
    paragraphs(
      say.t('documents.title', { number: family.number }),
      missing.length > 0 && say.t('documents.missing', { count: missing.length }),
      lines.join('\n'),
      say.t('documents.hint'),
    ),
    [
      ...documents
        .filter(({ dates }) => !dates.signed)
        .map(({ code }) => [button(documentName(say, region.code, code), 'set', code)]),
      [link(say.label('caseload.card'), 'f-card', family.id)],
    ],
    { back: false },
  )
}

/** Asks before it is recorded: a list of ten buttons is easily tapped amiss. */
export const signedView = (
  { say, button, card }: CardBuilder,
  {
    family: { number },
    document: { code },
    region,
  }: Pick<Facts, 'family' | 'region'> & { document: Pick<CaseDocument, 'code'> },
): View =>
  card('family-document', say.t('documents.sure', { number, name: documentName(say, region.code, code) }), [
    [button(say.label('documents.yes'), 'yes')],
    [button(say.label('documents.no'), 'no')],
  ])

/** The region's own name of it, or the shared one. */
export const documentName = (say: Say, region: string, code: string): string => {
  const own = `documents.${region}.${code}`
  return say.label(say.has(own) ? own : `documents.names.${code}`)
}

/** A day without an hour is the same in every zone. */
const dayOf = (say: Say, on: string, now: Date): string =>
  formatDay(say, { instant: new Date(`${on}T12:00:00Z`), timeZone: 'UTC', now })

import { Temporal } from 'temporal-polyfill'
import type { Say } from '#core/text.ts'
import { countSign, type Paper, pageSign } from '#features/plan/pdf/page-layout.ts'
import { drawPdf } from '#features/plan/pdf/plan-pdf.ts'
import { dayWords } from '#features/plan/pdf/schedule-words.ts'
import type { DestructionAct } from '#storage/erasure/acts.ts'

type Around = { say: Say; organisation: string; timeZone: string }

/** Points of the columns of a page. */
const widths = { what: 395, count: 120, done: 275 }

/** An act of destruction as a PDF (A4). Deterministic: the same act gives the same bytes. */
export const actPdf = (act: DestructionAct, around: Around): Promise<Uint8Array> =>
  drawPdf(paperOf(act, around))

const paperOf = (
  { number, at, ground, kind, subjectId, keys, counts, journal }: DestructionAct,
  { say, organisation, timeZone }: Around,
): Paper => {
  const on = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone)
  const label = (key: string, values: Record<string, string | number> = {}) =>
    say.label(`erasure.act.${key}`, values)
  const time = on.toPlainTime().toString({ smallestUnit: 'minute' })
  return {
    language: say.language,
    madeAt: at,
    organisation,
    title: label('title', { number }),
    facts: [
      label('on', { day: dayWords(say, on.toPlainDate().toString()), time }),
      label(`grounds.${ground}`),
      label(`of.${kind}`, { id: subjectId }),
      label('keys', { count: keys }),
    ],
    sections: [{ heading: label('wayHeading'), paragraphs: [label('way'), label('outside')] }],
    tables: [
      {
        heading: label('destroyed'),
        columns: [
          { title: label('what'), width: widths.what },
          { title: label('rows'), width: widths.count },
        ],
        rows: Object.entries(counts)
          .sort(([one], [other]) => one.localeCompare(other, 'en'))
          .map(([table, count]) => [[{ text: table }], [{ text: String(count) }]]),
      },
      {
        heading: label('journal'),
        columns: [
          { title: label('action'), width: widths.done },
          { title: label('times'), width: widths.count },
          { title: label('when'), width: widths.count },
        ],
        rows: journal.map(({ action, count, from, until }) => [
          [{ text: action }],
          [{ text: String(count) }],
          [{ text: from === until ? from : `${from} – ${until}` }],
        ]),
      },
    ],
    notes: [label('signature')],
    footer: say.label('registers.footer', { page: pageSign, count: countSign }),
  }
}

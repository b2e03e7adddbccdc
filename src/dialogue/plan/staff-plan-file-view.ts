import { escapeHtml } from '#core/text.ts'
import type { View } from '#dialogue/view.ts'
import type { ImportResult } from '#features/plan/spreadsheet/import-plans.ts'
import type { WorkbookProblem } from '#features/plan/spreadsheet/workbook.ts'
import { type CardBuilder, paragraphs } from '../card-builder.ts'
import { brief } from './plan-words-view.ts'

const kinds = ['added', 'moved', 'changed', 'removed'] as const
/** How many activities of a kind, and how many faulty cells, a card names. */
const mostNamed = 8
const mostLines = 20

/** What the workbook changes, or what is wrong with it. */
export const planFileView = (builder: CardBuilder, { ok, lines, changes, read }: ImportResult): View => {
  const { say, button } = builder
  const shown = lines.slice(0, mostLines).map(escapeHtml)
  const rest = lines.length - shown.length
  const listed = kinds.flatMap((kind) => {
    const all = changes?.[kind] ?? []
    if (all.length === 0) return []
    const named = all.slice(0, mostNamed).map((plain) => brief(plain, 60))
    const left = all.length - named.length
    const list = [...named, ...(left > 0 ? [say.label('planFile.more', { count: left })] : [])].join('; ')
    return [say.t(`planFile.${kind}`, { list })]
  })
  return builder.card(
    'plan-file',
    paragraphs(
      say.t('planFile.title'),
      [...shown, ...(rest > 0 ? [say.t('planFile.more', { count: rest })] : [])].join('\n'),
      listed.join('\n'),
      ok && changes && say.t(read ? 'planFile.ask' : 'planFile.askUnread'),
    ),
    ok && changes
      ? [[button(say.label('planFile.yes'), 'yes')], [button(say.label('planFile.no'), 'no')]]
      : [],
    { confidential: true },
  )
}

export const refusedFileView = ({ say, card }: CardBuilder, problem: WorkbookProblem): View =>
  card('plan-file', paragraphs(say.t('planFile.title'), say.t(`planFile.refused.${problem}`)), [])

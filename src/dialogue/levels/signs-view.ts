import { escapeHtml, type Say } from '#core/text.ts'
import { type CardBuilder, pager, paragraphs } from '#dialogue/card-builder.ts'
import { rowsOfThree } from '#dialogue/requests/staff-act-view.ts'
import type { Tap } from '#dialogue/callback-data.ts'
import type { View } from '#dialogue/view.ts'
import type { LevelProposal } from '#features/levels/propose-level.ts'
import type { Region } from '#regions/schema.ts'
import { optionLabel } from '../intake/option-label-view.ts'

/** One page for each level that has signs. */
const signPages = ({ levelSigns }: Region) =>
  [...new Set(levelSigns.map(({ level }) => level))].map((level) => ({
    level,
    signs: levelSigns.filter((sign) => sign.level === level),
  }))

/** The signs of one level, to be ticked. */
export const signsView = (
  builder: CardBuilder,
  {
    screen,
    ticked,
    page,
    region,
  }: { screen: string; ticked: readonly string[]; page: number; region: Region },
): View => {
  const { say, button } = builder
  const pages = signPages(region)
  const { level, signs = [] } = pages[page] ?? {}
  const mark = (code: string) => (ticked.includes(code) ? '✓ ' : '')
  const lines = signs.map(
    ({ code }, index) =>
      `${mark(code)}${index + 1}. ${escapeHtml(optionLabel(say, region.code, 'levelSigns', code))}`,
  )
  const turn = pager(builder, {
    back: page > 0 ? page - 1 : null,
    on: page + 1 < pages.length ? page + 1 : null,
  })
  return builder.card(
    screen,
    paragraphs(
      say.t('levels.which', { page: page + 1, pages: pages.length }),
      level && say.t('levels.pageTitle', { level: say.label(`caseload.levels.${level}`) }),
      lines.join('\n'),
      say.t('levels.ticked', { count: ticked.length }),
    ),
    [
      ...rowsOfThree(
        signs.map(({ code }, index) =>
          button(`${mark(code)}${index + 1}`, ticked.includes(code) ? 'untick' : 'tick', code),
        ),
      ),
      ...(turn.length > 0 ? [turn] : []),
      [button(say.label('levels.done'), 'done')],
    ],
    { confidential: true },
  )
}

/** The ticks after a tap; null if it is no tick of the region. */
export const tickedBy = (
  region: Region,
  ticked: readonly string[],
  { action, arg }: Tap,
): string[] | null => {
  if (!region.levelSigns.some(({ code }) => code === arg)) return null
  if (action === 'tick') return [...new Set([...ticked, arg])]
  return action === 'untick' ? ticked.filter((code) => code !== arg) : null
}

/** What the signs propose, and why; a person decides. */
export const proposalText = (say: Say, region: Region, proposal: LevelProposal | null): string => {
  if (proposal === null) return say.t('levels.nothing')
  const { level, signs } = proposal
  const [first] = signs
  const lines = signs.map(({ code }) => `• ${escapeHtml(optionLabel(say, region.code, 'levelSigns', code))}`)
  const title = say.t('levels.proposed', {
    level: say.label(`caseload.levels.${level}`),
    clause: first?.clause ?? '',
  })
  return [title, ...lines].join('\n')
}

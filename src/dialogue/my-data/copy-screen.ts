import { sha256 } from '#core/ids.ts'
import type { Stateless } from '#dialogue/registry.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { copyPaper } from '#features/my-data/copy-paper.ts'
import { ownData, ownDataJson } from '#features/my-data/own-data.ts'
import { drawPdf } from '#features/plan/pdf/plan-pdf.ts'
import { backToMyData, ownerOf } from './my-data-screen.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'my-data-copy': Stateless
  }
  interface Links {
    'my-data-copy': 'my-data-copy'
  }
}

/** The copy that everybody may have at once, and what to think of before it lies in the chat. */
export const copyScreen = defineScreen({
  name: 'my-data-copy',
  aside: true,
  links: { 'my-data-copy': () => ({ to: { name: 'my-data-copy' } }) },
  draw: (turn) => {
    ownerOf(turn)
    const { builder, say } = turn
    return builder.card('my-data-copy', say.t('myData.copy'), [
      [builder.button(say.label('myData.pdf'), 'file', 'pdf')],
      [builder.button(say.label('myData.json'), 'file', 'json')],
    ])
  },
  tap: (turn, state, tap) => {
    const kind = tap.action === 'file' ? kinds.find((one) => one === tap.arg) : undefined
    return kind ? copyOf(turn, kind) : backToMyData(turn, state, tap)
  },
})

const kinds = ['json', 'pdf'] as const

const copyOf = async (turn: Turn, kind: (typeof kinds)[number]): Promise<Step> => {
  const { deps, now, say } = turn
  const data = await ownData(deps.database, deps, { who: ownerOf(turn), now })
  const json = ownDataJson(data)
  const { organisation, region } = deps
  const content =
    kind === 'json' ? async () => json : () => drawPdf(copyPaper(say, { data, organisation, region }), say)
  return {
    to: { name: 'my-data-copy' },
    fresh: true,
    attachment: {
      key: `my-data-${kind}-${sha256(Buffer.from(json).toString('base64'))}`,
      fileName: `${say.label('myData.fileName')}.${kind}`,
      content,
    },
  }
}

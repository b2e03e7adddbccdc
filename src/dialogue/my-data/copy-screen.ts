import { sha256 } from '#core/ids.ts'
import type { Stateless } from '#dialogue/registry.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { ownData, ownDataJson } from '#features/my-data/own-data.ts'
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
      [builder.button(say.label('myData.json'), 'file', 'json')],
    ])
  },
  tap: (turn, state, tap) =>
    tap.action === 'file' && tap.arg === 'json' ? copyOf(turn) : backToMyData(turn, state, tap),
})

const copyOf = async (turn: Turn): Promise<Step> => {
  const { deps, now, say } = turn
  const data = await ownData(deps.database, deps, { who: ownerOf(turn), now })
  const content = ownDataJson(data)
  return {
    to: { name: 'my-data-copy' },
    fresh: true,
    attachment: {
      key: `my-data-${sha256(Buffer.from(content).toString('base64'))}`,
      fileName: `${say.label('myData.fileName')}.json`,
      content: async () => content,
    },
  }
}

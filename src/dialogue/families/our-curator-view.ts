import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import { readingWords } from '#dialogue/messages/reading-time-view.ts'
import type { View } from '#dialogue/view.ts'
import type { CuratorForMember } from '#features/cases/curator-word.ts'
import type { ExpectedReader } from '#features/messages/messages-for-staff.ts'
import type { Region } from '#regions/schema.ts'

type Facts = CuratorForMember & {
  familyId: string
  expected: ExpectedReader
  region: Region
  now: Date
}

/** Asks whether the curator suits them; or what they have said, and what happens now. */
export const ourCuratorView = (builder: CardBuilder, facts: Facts): View => {
  const { say, button, link, card } = builder
  const { curator, word, mayAnswer, familyId, expected, region, now } = facts
  const inWords = [link(say.label('ourCurator.inWords'), 'messages', familyId)]
  if (!curator) return card('our-curator', say.t('ourCurator.nobody'), [inWords])
  const { name } = curator
  if (!mayAnswer) return card('our-curator', say.t('ourCurator.is', { name }), [inWords])
  if (word === 'declined') {
    const { when, values } = readingWords(say, { expected, timeZone: region.timeZone, now })
    const who = expected.name ?? say.label('ourCurator.centre')
    const html = paragraphs(
      say.t('ourCurator.declined', { name }),
      say.t(`messages.reading.${when}`, { ...values, who }),
      say.t('ourCurator.goesOn'),
    )
    return card('our-curator', html, [inWords, [button(say.label('ourCurator.after'), 'agree', curator.id)]])
  }
  const html =
    word === 'agreed'
      ? paragraphs(say.t('ourCurator.agreed', { name }), say.t('ourCurator.changeMind'))
      : paragraphs(
          say.t('ourCurator.ask', { name }),
          say.t('ourCurator.who', { name }),
          say.t('ourCurator.free'),
        )
  return card('our-curator', html, [
    ...(word === null ? [[button(say.label('ourCurator.yes'), 'agree', curator.id)]] : []),
    [button(say.label('ourCurator.other'), 'change', curator.id)],
  ])
}

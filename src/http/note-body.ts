import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { longestMessage } from '#features/messages/write-message.ts'
import { mostMentions, type NoteOutcome } from '#features/staff/mentions.ts'
import { freeText } from './free-text.ts'

const people = z.array(z.uuid()).max(mostMentions)

/** A note of staff: its words, whom to tell of it, and from whom to keep it. */
export const noteBody = z.strictObject({
  text: freeText(longestMessage),
  mentions: people
    .default([])
    .describe(
      'Ids of staff who are told of it in the bot. All must be able to open the record, or nothing is written: 409 `not-eligible`',
    ),
  keepFrom: people
    .default([])
    .describe(
      'Ids of staff of whom it speaks: they never see it. Whom its words complain of is found besides',
    ),
})

/** A system learns at once whom it cannot mention. Throws `not-eligible`, which takes the note back. */
export const mustTellAll = ({ untold }: NoteOutcome): void => {
  if (untold.length > 0) throw new DomainError('not-eligible', { field: 'mentions' })
}

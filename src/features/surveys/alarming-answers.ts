import { type InTalk, isAlarming } from '#features/danger/ear.ts'
import { speaksAgainst } from '#features/words/about-reader.ts'
import type { Reader } from '#storage/database.ts'
import { namesOfStaff } from '#storage/staff/staff.ts'
import type { Answer } from '#surveys/schema.ts'

/** Whether an answer contains words of danger. Results are read days later, which may be too late. */
export const isAlarmingAnswer = async (
  reader: Reader,
  answer: Answer | undefined,
  talk: InTalk,
): Promise<boolean> => typeof answer?.text === 'string' && isAlarming(reader, answer.text, talk)

/** Whether an answer speaks of the curator with fear or as a complaint: then somebody else is offered, as after a low one. */
export const isAboutCurator = async (
  reader: Reader,
  { curatorId }: { curatorId: string | null },
  answer: Answer | undefined,
): Promise<boolean> => {
  if (typeof answer?.text !== 'string') return false
  const names = curatorId === null ? [] : [...(await namesOfStaff(reader, [curatorId])).values()]
  return speaksAgainst(answer.text, names)
}

import { type InTalk, isAlarming } from '#features/danger/ear.ts'
import type { Reader } from '#storage/database.ts'
import type { Answer } from '#surveys/schema.ts'

/** Whether an answer contains words of danger. Results are read days later, which may be too late. */
export const isAlarmingAnswer = async (
  reader: Reader,
  answer: Answer | undefined,
  talk: InTalk,
): Promise<boolean> => typeof answer?.text === 'string' && isAlarming(reader, answer.text, talk)

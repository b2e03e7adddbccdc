import { createAlarmCheck } from '#features/messages/alarming-words.ts'
import { alarmingWords } from '#storage/messages/alarming-words.ts'
import type { Reader } from '#storage/database.ts'
import type { Answer } from '#surveys/schema.ts'

/**
 * Whether an answer contains one of the centre's alarming words. Results are read days later, which may be too late.
 */
export const isAlarmingAnswer = async (reader: Reader, answer: Answer | undefined): Promise<boolean> =>
  typeof answer?.text === 'string' && createAlarmCheck(await alarmingWords(reader))(answer.text)

import type { AttachedFile } from '#features/messages/message-files.ts'
import type { Markup } from '#http/markup.ts'
import { fileMarkup } from '../files.ts'
import type { Visit } from '../visit.ts'

/** A file of a story or a note. */
export const fileOfRequest = (
  visit: Visit,
  { requestId, key, file }: { requestId: string; key: string; file: AttachedFile },
): Markup => fileMarkup(visit, { address: `/console/requests/${requestId}/file?key=${key}`, key, file })

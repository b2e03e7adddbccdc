import type { AttachedFile } from '#features/messages/message-files.ts'

const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Whether a file that was sent looks like a workbook. What it is, is seen when it is opened. */
export const isWorkbook = ({ kind, name, mime }: AttachedFile): boolean =>
  kind === 'document' && (mime === type || name?.toLowerCase().endsWith('.xlsx') === true)

import type { Request } from '#storage/requests/requests.ts'
import { isCheckOpen } from './safety-check.ts'

/** Whether somebody may be in danger: then what was written is read whatever stands in the way. Pure. */
export const isDangerOpen = (request: Pick<Request, 'status' | 'urgent' | 'safetyCheck'>): boolean =>
  isCheckOpen(request) || (request.urgent && (request.status === 'submitted' || request.status === 'claimed'))

import type { Api } from '#http/staff-route.ts'
import { serveAbsences } from './absence-routes.ts'
import { serveAudit } from './audit-routes.ts'
import { serveStaffPhoto } from './staff-photo-routes.ts'
import { serveStaff } from './staff-routes.ts'
import { serveReassignments } from './reassignment-routes.ts'
import { serveLeaving } from './leaving-routes.ts'
import { serveAuditSeen } from './audit-seen-routes.ts'

export const registerStaff = (api: Api): void => {
  serveStaff(api)
  serveLeaving(api)
  serveReassignments(api)
  serveStaffPhoto(api)
  serveAbsences(api)
  serveAudit(api)
  serveAuditSeen(api)
}

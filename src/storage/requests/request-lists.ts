import type { Database } from '#storage/database.ts'
import { type RequestFilter, type RequestPage, statementOf } from './request-list-statement.ts'
import type {
  Applicant,
  RepresentativeConsent,
  RequestKind,
  RequestSource,
  RequestStatus,
} from './requests.ts'
import type { StaffRole } from '#storage/staff/staff.ts'

/** A request as shown in lists: no sealed columns, no personal data. */
export type ListedRequest = {
  id: string
  number: string
  kind: RequestKind
  applicant: Applicant
  source: RequestSource
  territory: string
  urgent: boolean
  helpKinds: string[]
  status: RequestStatus
  stage: string
  representativeConsent: RepresentativeConsent
  dataSharing: boolean
  submittedAt: Date
  dueAt: Date
  assignee: { id: string; name: string; role: StaffRole } | null
  claimedAt: Date | null
  escalations: number
  revision: number
}

/**
 * Returns one page, in one prepared statement. Pages start after a cursor rather than at an offset, so new rows do not
 * shift them. Scans each combination of status and territory separately, in order, on an index that ends with
 * `submitted_at, id`, and no further than one page. So the cost of a page does not depend on the size of the table.
 */
export const listRequests = async (
  database: Database,
  filter: RequestFilter,
  page: RequestPage,
): Promise<ListedRequest[]> => {
  const { name, text, params } = statementOf(columns, filter, page)
  return (await database.sql.query<Row>(name, text, params)).map(toListed)
}

const columns = `
  r.id, r.number, r.kind, r.applicant, r.source, r.territory, r.urgent, r.help_kinds AS "helpKinds", r.status, r.stage,
  r.representative_consent AS "representativeConsent", r.data_sharing AS "dataSharing",
  r.submitted_at AS "submittedAt", r.due_at AS "dueAt", r.claimed_at AS "claimedAt", r.escalations, r.revision,
  s.id AS "staffId", s.name AS "staffName", s.role AS "staffRole"`

type Row = Omit<ListedRequest, 'assignee'> &
  ({ staffId: string; staffName: string; staffRole: StaffRole } | { staffId: null })

const toListed = (row: Row): ListedRequest => ({
  id: row.id,
  number: row.number,
  kind: row.kind,
  applicant: row.applicant,
  source: row.source,
  territory: row.territory,
  urgent: row.urgent,
  helpKinds: row.helpKinds,
  status: row.status,
  stage: row.stage,
  representativeConsent: row.representativeConsent,
  dataSharing: row.dataSharing,
  submittedAt: row.submittedAt,
  dueAt: row.dueAt,
  assignee: row.staffId === null ? null : { id: row.staffId, name: row.staffName, role: row.staffRole },
  claimedAt: row.claimedAt,
  escalations: row.escalations,
  revision: row.revision,
})

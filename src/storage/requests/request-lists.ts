import type { Database } from '#storage/database.ts'
import { type RequestFilter, type RequestPage, statementOf } from './request-list-statement.ts'
import type { Applicant, RepresentativeConsent, RequestKind, RequestStatus } from './requests.ts'
import type { StaffRole } from '#storage/staff/staff.ts'

/** A request as lists show it: nothing sealed, nothing personal. */
export type ListedRequest = {
  id: string
  number: string
  kind: RequestKind
  applicant: Applicant
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
 * One page, in one prepared statement. Rows that appear meanwhile move nothing: a page begins after a place, not after
 * a count. Each status and each territory that is asked for is read by itself, in order, from an index that ends with
 * `submitted_at, id`, and no further than the page may reach; so a page costs the same whatever there is beside it.
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
  r.id, r.number, r.kind, r.applicant, r.territory, r.urgent, r.help_kinds AS "helpKinds", r.status, r.stage,
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

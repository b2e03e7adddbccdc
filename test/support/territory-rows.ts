import { missing } from './submitted.ts'

/** The objects that a route's path can refer to, of one territory and created for one call. */
export type Rows = {
  requests: string
  staff: string
  absences: string
  webhooks: string
  deliveries: string
  families: string
  members: string
  activities: string
  visits: string
  safety: string
  events: string
  deadlines: string
  territories: string
  surveys: string
  done: string
  rescues: string
  incoming: string
  needs: string
  proposals: string
  replies: string
  places: string
  off: string
  registers: string
  'data-requests': string
}

/** None of them exists. */
export const noRows: Rows = {
  requests: missing,
  staff: missing,
  absences: missing,
  webhooks: missing,
  deliveries: missing,
  families: missing,
  members: missing,
  activities: missing,
  visits: missing,
  safety: missing,
  events: missing,
  deadlines: missing,
  territories: missing,
  surveys: missing,
  done: missing,
  rescues: missing,
  incoming: missing,
  needs: missing,
  proposals: missing,
  replies: missing,
  places: missing,
  off: missing,
  registers: missing,
  'data-requests': missing,
}

import type { AssignmentCriteria, Specialist } from '#features/routing/choose-assignee.ts'

/** A request that any specialist for the north can take. */
export const wanted: AssignmentCriteria = {
  territory: 'north',
  minor: false,
  language: 'ru',
  excluded: [],
  without: [],
  timeZone: 'Europe/Moscow',
}
/** A specialist for the north without open requests. */
export const specialist = (id: string, given: Partial<Specialist> = {}): Specialist => ({
  id,
  territories: ['north'],
  languages: ['ru'],
  minorsTrained: false,
  capacity: null,
  dutyHours: null,
  absentUntil: null,
  unreachable: false,
  open: 0,
  openUrgent: 0,
  lastAssignedAt: null,
  ...given,
})

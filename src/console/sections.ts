import { type StaffRole, staffRoles } from '#storage/staff/staff.ts'

/** The parts of the console in the order of its navigation, and whose each is. */
export const sections = {
  today: { path: '/console', for: staffRoles },
  requests: { path: '/console/requests', for: ['intake', 'supervisor'] },
  families: { path: '/console/families', for: staffRoles },
  calendar: { path: '/console/calendar', for: staffRoles },
  board: { path: '/console/board', for: ['supervisor'] },
  reports: { path: '/console/reports', for: ['supervisor'] },
  surveys: { path: '/console/surveys', for: ['supervisor'] },
  data: { path: '/console/data-requests', for: ['intake', 'supervisor'] },
  staff: { path: '/console/staff', for: ['supervisor'] },
  settings: { path: '/console/settings', for: ['supervisor'] },
} as const satisfies Record<string, { path: `/console${string}`; for: readonly StaffRole[] }>

/** What can be begun from anywhere: a page, whose it is, and its name in the texts. */
export type Act = { path: `/console${string}`; for: readonly StaffRole[]; label: string }

export type SectionName = keyof typeof sections

const sectionNames = Object.keys(sections) as SectionName[]

/** The sections of a role that are served. */
export const sectionsOf = (role: StaffRole, served: ReadonlySet<SectionName>): SectionName[] =>
  sectionNames.filter(
    (name) => served.has(name) && (sections[name].for as readonly StaffRole[]).includes(role),
  )

/** Where a way in leads: the page of the section that it names, or else the day. */
export const sectionPath = (name: unknown): string =>
  sections[sectionNames.find((one) => one === name) ?? 'today'].path

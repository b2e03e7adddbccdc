import { helpKinds } from '#regions/schema.ts'
import { type Placed, type Progress, type Stretch, stretches } from './progress.ts'

/** The ways to browse a plan: by time, or by kind of help. */
export const planLists = [...stretches, 'kinds', ...helpKinds] as const
export type PlanList = Exclude<(typeof planLists)[number], 'kinds'>

/** The activities of a list, in its order; those of a kind of help run from upcoming to past. */
export const activitiesInList = ({ by }: Progress, list: PlanList): (Placed & { stretch: Stretch })[] =>
  stretches
    .flatMap((stretch) => by[stretch].map((placed) => ({ ...placed, stretch })))
    .filter(({ stretch, activity }) => stretch === list || activity.kind === list)

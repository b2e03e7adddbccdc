/** All regions' kinds; which of them a region has is in its file. */
export const helpKinds = ['medical', 'psychological', 'pedagogical', 'legal', 'social', 'other'] as const
export type HelpKind = (typeof helpKinds)[number]

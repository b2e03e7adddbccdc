import { defaultRegion } from './index.ts'
import type { Region } from './schema.ts'

/**
 * Keys of `locales/<language>/regions.json`. A region's own names stand under its code; what every region
 * calls the same stands under `shared`; a need taken from the default keeps the default's words.
 */
export const needKey = (region: Region, kind: 'categories' | 'circumstances', code: string): string =>
  `regions.${ownerOf(region, kind, code)}.${kind}.${code}`

/** The wording of the regulation itself, for staff and for papers. */
export const officialKey = (region: Region, kind: 'categories' | 'circumstances', code: string): string =>
  `regions.${ownerOf(region, kind, code)}.official.${code}`

export const territoryKey = (region: Region, code: string): string =>
  `regions.${region.code}.territories.${code}`

export const regionNameKey = (region: Region): string => `regions.${region.code}.name`

export const sharedKey = (
  kind: 'groups' | 'helpKinds' | 'representatives' | 'deadlines',
  code: string,
): string => `regions.shared.${kind}.${code}`

const ownerOf = (region: Region, kind: 'categories' | 'circumstances', code: string) =>
  region[kind].find((need) => need.code === code)?.source === 'default' ? defaultRegion : region.code

import type { BarStyle } from './chart.ts'

// How everything that is drawn looks. The page draws the same in the dark by these very colours, so each stands for one thing.

/** In user units: text of 16 is still read on a phone that is 380 points wide. */
export const width = 420
export const edge = 12
export const textSize = 16
export const smallSize = 14
/** Browsers that have no DejaVu have Verdana, which is as wide. */
export const font = "'DejaVu Sans', Verdana, sans-serif"

export const colours = {
  paper: '#ffffff',
  ink: '#17312f',
  /** On what stays light in the dark. */
  onLight: '#102b28',
  quiet: '#4c6361',
  grid: '#d5dcda',
  bar: '#1f6b63',
  track: '#eef2f1',
  whisker: '#0b1f1d',
  across: '#8a5a00',
}

export const words = { color: colours.ink, fontFamily: font, fontSize: textSize }
export const small = { color: colours.quiet, fontFamily: font, fontSize: smallSize }

type Fill = { colour: string; light?: true; decal?: ReturnType<typeof stripes> }

const stripes = (color: string, { line, gap, angle }: { line: number; gap: number; angle: number }) => ({
  symbol: 'rect',
  color,
  dashArrayX: [1, 0],
  dashArrayY: [line, gap],
  rotation: (angle * Math.PI) / 180,
})

/** From what is wrong to what is well: they differ in their grey, and in their pattern. */
const fills: Record<BarStyle, Fill> = {
  plain: { colour: colours.bar, light: true },
  few: { colour: colours.track },
  'step-1': { colour: '#ffd9a0', decal: stripes('#8a3b00', { line: 3, gap: 3, angle: -45 }) },
  'step-2': { colour: '#fff0d6', decal: stripes('#b3742a', { line: 2, gap: 8, angle: 45 }) },
  'step-3': { colour: '#e6edeb' },
  'step-4': { colour: '#7fb8ad' },
  'step-5': { colour: '#14574f', light: true },
}

/** The style of a bar as ECharts takes it. */
export const itemStyleOf = (style: BarStyle) => {
  const { colour, decal } = fills[style]
  const edged = style.startsWith('step') ? { borderColor: colours.ink, borderWidth: 1 } : { borderWidth: 0 }
  return { color: colour, ...edged, ...(decal && { decal }) }
}

/** Whether what is written on it has to be light. */
export const needsLightText = (style: BarStyle): boolean => fills[style].light === true

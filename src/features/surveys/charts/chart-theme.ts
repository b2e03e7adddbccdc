import type { BarStyle } from './chart.ts'

// The look of all charts. The page restyles them for dark mode by these very colours, so each has exactly one
// meaning.

/** In user units: text of 16 is legible on a phone 380 points wide. */
export const width = 420
export const edge = 12
export const textSize = 16
export const smallSize = 14
/** Verdana has the same width as DejaVu, for browsers without it. */
export const font = "'DejaVu Sans', Verdana, sans-serif"

export const colours = {
  paper: '#ffffff',
  ink: '#17312f',
  /** For text on surfaces that stay light in dark mode. */
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

/** From worst to best: the steps differ in lightness and in pattern. */
const fills: Record<BarStyle, Fill> = {
  plain: { colour: colours.bar, light: true },
  few: { colour: colours.track },
  'step-1': { colour: '#ffd9a0', decal: stripes('#8a3b00', { line: 3, gap: 3, angle: -45 }) },
  'step-2': { colour: '#fff0d6', decal: stripes('#b3742a', { line: 2, gap: 8, angle: 45 }) },
  'step-3': { colour: '#e6edeb' },
  'step-4': { colour: '#7fb8ad' },
  'step-5': { colour: '#14574f', light: true },
}

/** The ECharts item style of a bar. */
export const itemStyleOf = (style: BarStyle) => {
  const { colour, decal } = fills[style]
  const edged = style.startsWith('step') ? { borderColor: colours.ink, borderWidth: 1 } : { borderWidth: 0 }
  return { color: colour, ...edged, ...(decal && { decal }) }
}

/** Whether text on the bar must be light. */
export const needsLightText = (style: BarStyle): boolean => fills[style].light === true

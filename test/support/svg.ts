/** An element of an SVG; `text` is its direct text content. */
export type SvgElement = { name: string; attributes: Record<string, string>; text: string }

/** Parses an SVG into its elements, in order. It must be well formed, which resvg and browsers check. */
export const elementsOf = (svg: string): SvgElement[] =>
  [...svg.matchAll(/<(\w+)((?:\s+[\w:-]+="[^"]*")*)\s*\/?>([^<]*)/g)].map(
    ([, name = '', given = '', text = '']) => ({
      name,
      attributes: Object.fromEntries(
        [...given.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
      ),
      text,
    }),
  )

/** Returns the lightness of a colour (0–1), as on a black-and-white printer. */
export const lightness = (colour: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

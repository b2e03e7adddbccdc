/** An element of an SVG; `text` is what stands right within it. */
export type SvgElement = { name: string; attributes: Record<string, string>; text: string }

/** What an SVG is made of, in its order. It must be well formed: resvg and browsers say whether it is. */
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

/** How light a colour is, 0–1, as a black-and-white printer has it. */
export const lightness = (colour: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

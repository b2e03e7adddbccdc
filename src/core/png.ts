import { fontFiles } from './fonts.ts'

/** An SVG as PNG, written in the same letters on every machine. Loaded when first asked for; drawn off the main thread. */
export const toPng = async (svg: string): Promise<Uint8Array> => {
  const { renderAsync } = await import('@resvg/resvg-js')
  const font = {
    loadSystemFonts: false,
    fontFiles: [fontFiles.regular, fontFiles.bold],
    defaultFontFamily: 'DejaVu Sans',
  }
  return (await renderAsync(svg, { font })).asPng()
}

import { fontFiles } from './fonts.ts'
import { printable } from './printable.ts'

/** Renders an SVG as PNG with the bundled fonts. Loads the renderer on first use; renders off the main thread. */
export const toPng = async (svg: string): Promise<Uint8Array> => {
  const { renderAsync } = await import('@resvg/resvg-js')
  const font = {
    loadSystemFonts: false,
    fontFiles: [fontFiles.regular, fontFiles.bold],
    defaultFontFamily: 'DejaVu Sans',
  }
  return (await renderAsync(printable(svg), { font })).asPng()
}

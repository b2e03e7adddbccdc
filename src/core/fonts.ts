import { createRequire } from 'node:module'

const { resolve } = createRequire(import.meta.url)

/** Files of the fonts that everything drawn here is written with: the same letters on every machine. */
export const fontFiles = {
  regular: resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  bold: resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
}

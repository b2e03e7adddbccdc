import { createRequire } from 'node:module'

const { resolve } = createRequire(import.meta.url)

/** Font files for everything that is rendered: bundled, so that output is the same on every machine. */
export const fontFiles = {
  regular: resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  bold: resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
}

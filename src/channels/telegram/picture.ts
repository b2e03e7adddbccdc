import type { Picture, View } from '#dialogue/view.ts'

/** Telegram's limit for captions, in UTF-16 units without HTML tags. */
const longestCaption = 1024

/** The picture of a view; none if the text exceeds the caption limit, because the text matters more. */
export const pictureOf = ({ picture, html }: View): Picture | undefined =>
  picture && shownLength(html) <= longestCaption ? picture : undefined

const shownLength = (html: string): number =>
  html.replace(/<[^>]*>/g, '').replace(/&(amp|lt|gt|quot);/g, ' ').length

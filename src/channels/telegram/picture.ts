import type { Picture, View } from '#dialogue/view.ts'

/** What Telegram takes below a picture, in UTF-16 units without the marks of HTML. */
const longestCaption = 1024

/** The picture that a view is shown with; none where its words would not fit below one: the words matter more. */
export const pictureOf = ({ picture, html }: View): Picture | undefined =>
  picture && shownLength(html) <= longestCaption ? picture : undefined

const shownLength = (html: string): number =>
  html.replace(/<[^>]*>/g, '').replace(/&(amp|lt|gt|quot);/g, ' ').length

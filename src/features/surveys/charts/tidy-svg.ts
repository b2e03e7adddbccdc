import { escapeHtml } from '#core/text.ts'

type Words = { id: string; title: string; description: string }

/**
 * The SVG of ECharts as it may stand in a page of the strictest policy, beside others: no style of its own, ids that
 * nobody else has, and said to whoever does not see it. Each drawn thing keeps its number as `data-mark="series:index"`.
 */
export const tidySvg = (svg: string, { id, title, description }: Words): string => {
  const [titleId, descriptionId] = [`${id}-title`, `${id}-desc`]
  const says = `<title id="${titleId}">${escapeHtml(title)}</title><desc id="${descriptionId}">${escapeHtml(description)}</desc>`
  return svg
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(
      /<path d="[^"]*"(?: transform="[^"]*")? fill="none"(?: pointer-events="visible")? class="[^"]*"><\/path>/g,
      '',
    )
    .replace(
      / (?:class="zr[^"]*"|pointer-events="[^"]*"|xmlns:xlink="[^"]*"|version="1\.1"|baseProfile="full")/g,
      '',
    )
    .replace(
      / ecmeta_series_index="(\d+)" ecmeta_data_index="(\d+)"/g,
      (_, series: string, index: string) => ` data-mark="${series}:${index}"`,
    )
    .replace(/ ecmeta_\w+="[^"]*"/g, '')
    .replace(/ style="([^"]*)"/g, (_, style: string) => attributesOf(style))
    .replace(/(id="|url\(#)zr\d+-/g, `$1${id}-`)
    .replace(/<(rect) [^>]*fill="none"><\/\1>\n?/, '')
    .replace(
      /^<svg width="\d+" height="\d+"/,
      `<svg role="img" aria-labelledby="${titleId} ${descriptionId}"`,
    )
    .replace('>', `>${says}`)
    .replace(/\n+/g, '')
}

/** A style by a policy that allows none: every part of it may also be an attribute. */
const attributesOf = (style: string): string =>
  style
    .split(';')
    .map((one) => one.trim().split(/:\s*/))
    .flatMap(([name, value]) => (name && value ? [` ${name}="${value}"`] : []))
    .join('')

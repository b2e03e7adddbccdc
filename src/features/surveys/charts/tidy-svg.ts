import { escapeHtml } from '#core/text.ts'

type Words = { id: string; title: string; description: string }

/**
 * Makes the SVG of ECharts fit for a page with a strict content security policy and other charts: removes styles,
 * makes ids unique, and adds a title and description for screen readers. Each mark keeps its indices as
 * `data-mark="series:index"`.
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

/** Converts inline styles, which the policy forbids, into presentation attributes. */
const attributesOf = (style: string): string =>
  style
    .split(';')
    .map((one) => one.trim().split(/:\s*/))
    .flatMap(([name, value]) => (name && value ? [` ${name}="${value}"`] : []))
    .join('')

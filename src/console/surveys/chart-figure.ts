import type { Say } from '#core/text.ts'
import type { Chart } from '#features/surveys/charts/chart.ts'
import { html, type Markup, trustedSvg } from '#http/markup.ts'

/** A chart with its description and an equivalent data table, for screen readers too. `id` is unique on the page. */
export const figure = (
  say: Say,
  { id, chart, svg, heading }: { id: string; chart: Chart; svg: string; heading?: string },
): Markup => {
  const { title, description, table } = chart
  return html`<figure class="chart">
${heading !== undefined && html`<h3>${heading}</h3>`}
${trustedSvg(inPage(svg))}
<figcaption>${description}</figcaption>
<details><summary>${say.label('resultsPage.table')}<span class="hidden">: ${title}</span></summary>
<div class="scroll" role="region" aria-labelledby="${id}-caption" tabindex="0"><table>
<caption id="${id}-caption">${title}</caption>
<thead><tr>${table.heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${table.rows.map(([first = '', ...cells]) => html`<tr><th scope="row">${first}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
</table></div></details>
</figure>`
}

/** What each text of a drawing says again, the page says once. */
const inPage = (svg: string): string =>
  svg
    .replaceAll(` font-family="'DejaVu Sans', Verdana, sans-serif"`, '')
    .replace(' xmlns="http://www.w3.org/2000/svg"', '')

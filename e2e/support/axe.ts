// What axe finds on a page.

import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** Per broken rule the elements that break it. */
export async function violations(page: Page, ask: (axe: AxeBuilder) => AxeBuilder): Promise<readonly string[]> {
  // No page has frames of others, for which axe would open one more page each time.
  const found = await ask(new AxeBuilder({ page }).setLegacyMode()).analyze()
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${target.join(' ')} ${html.slice(0, 200)}`))
}

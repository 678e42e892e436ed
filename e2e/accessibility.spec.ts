// What axe finds on the pages of the console, light and dark: nothing.

import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { listAddresses } from './support/addresses'
import { givenEvidence, givenSample } from './support/given'
import { expect, test } from './support/test'

test.beforeAll(async () => {
  await givenSample()
  await givenEvidence()
})

/** Whoever speaks to the machine says what stands there. axe counts it as an experiment. */
const NAMES_SAY_WHAT_IS_SHOWN = 'label-content-name-mismatch'

/** Per broken rule the elements that break it. */
async function violations(page: Page, ask: (axe: AxeBuilder) => AxeBuilder): Promise<readonly string[]> {
  const found = await ask(new AxeBuilder({ page })).analyze()
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${target.join(' ')} ${html.slice(0, 200)}`))
}

// A page is opened once: dark, it has the same elements with other colours, so only what axe says of colours is asked again.
test('axe finds nothing on any page, light and dark', async ({ page }) => {
  test.slow()
  for (const address of await listAddresses()) {
    await page.emulateMedia({ colorScheme: 'light' })
    await page.goto(address)
    await expect(page.getByRole('heading', { level: 1, includeHidden: true })).toBeVisible()
    await expect(page.locator('main [role=status][aria-busy=true]'), `${address} loads`).toHaveCount(0)
    const rules = { [NAMES_SAY_WHAT_IS_SHOWN]: { enabled: true } }
    expect.soft(await violations(page, (axe) => axe.options({ rules })), address).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    expect.soft(await violations(page, (axe) => axe.withTags('cat.color')), `${address}, dark`).toEqual([])
  }
})

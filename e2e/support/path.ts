// The path view in the browser.

import type { Page } from '@playwright/test'
import { readVm, type VmName } from './sample'
import { expect } from './test'

/** A cold guest boots under emulation before it answers; then come captures, ping and judgement. */
const VERIFY_MS = 180_000

export async function pickEnd(page: Page, end: 'From' | 'To', name: string): Promise<void> {
  const picker = page.getByRole('combobox', { name: end })
  await picker.click()
  await picker.fill(name)
  await page.getByRole('listbox', { name: end }).getByRole('option', { name }).click()
}

export async function openPath(page: Page, from: VmName, to: VmName): Promise<void> {
  const [source, destination] = [await readVm(from), await readVm(to)]
  await page.goto(`/path?from=${source.portId}&to=${destination.portId}`)
  await expect(page.getByRole('region', { name: 'Path' })).toBeVisible()
}

export const verdict = (page: Page) => page.getByRole('status', { name: 'Verdict' })
export const verification = (page: Page) => page.getByRole('status', { name: 'Verification' })
export const hopRows = (page: Page) =>
  page
    .getByRole('table', { name: 'Hops' })
    .getByRole('row')
    .filter({ has: page.getByRole('cell') })

export async function verify(page: Page, outcome: 'passed' | 'failed'): Promise<void> {
  await page.getByRole('button', { name: 'Verify', exact: true }).click()
  await expect(verification(page)).toContainText(/Verification (passed|failed|cancelled)/, { timeout: VERIFY_MS })
  await expect(verification(page)).toContainText(`Verification ${outcome}`)
}

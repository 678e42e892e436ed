// The topology canvas, with the real mouse.

import type { Locator, Page } from '@playwright/test'
import { expect } from './test'
import { visit } from './visit'

export async function openTopology(page: Page): Promise<void> {
  await visit(page, 'Topology')
  await expect(page.getByRole('region', { name: 'Topology canvas' })).toBeVisible()
}

export const networkCard = (page: Page, name: string): Locator => page.getByRole('button', { name: `Network ${name}` })

/** Presses on the palette, moves in small steps as a hand does, and lets go in the middle of the target. */
export async function dragFromPalette(page: Page, item: 'Network' | 'VM', target: Locator): Promise<void> {
  const from = await middleOf(page.getByRole('toolbar', { name: 'Palette' }).getByRole('button', { name: item, exact: true }))
  const to = await middleOf(target)
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(to.x, to.y, { steps: 12 })
  await page.mouse.up()
}

async function middleOf(locator: Locator): Promise<{ readonly x: number; readonly y: number }> {
  await expect(locator).toBeVisible()
  const box = await locator.boundingBox()
  if (!box) throw new Error('it is not on the screen')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

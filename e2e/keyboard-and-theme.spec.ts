// The keyboard and the theme.

import type { Page } from '@playwright/test'
import { givenSample } from './support/given'
import { readVm, sample } from './support/sample'
import { expect, test } from './support/test'

test.beforeAll(async () => {
  await givenSample()
})

const vm = sample.vms[1]
const inspector = (page: Page) => page.getByRole('complementary', { name: 'Inspector' })
const palette = (page: Page) => page.getByRole('dialog', { name: 'Find or do' })

async function openPalette(page: Page): Promise<void> {
  await page.getByRole('status').filter({ hasText: 'Live' }).waitFor()
  await page.keyboard.press('Control+k')
  await expect(palette(page)).toBeVisible()
}

test('the palette finds a VM by name, address and MAC, and goes there', async ({ page }) => {
  const { ipAddress, macAddress } = await readVm(vm.name)
  await page.goto('/')
  for (const [typed, address] of [
    [vm.name, /tab=vms&sel=/],
    [ipAddress, /tab=ports&sel=/],
    [macAddress, /tab=ports&sel=/],
  ] as const) {
    await openPalette(page)
    await page.keyboard.type(typed)
    await expect(palette(page).getByRole('option').first()).toContainText(vm.name)
    await page.keyboard.press('Enter')
    await expect(palette(page)).toBeHidden()
    await expect(page).toHaveURL(address)
    await expect(inspector(page).getByRole('heading', { level: 2 })).toContainText(vm.name)
  }
})

test('a list is ordered by the column whose header is pressed, by key too, and goes back to how it came', async ({ page }) => {
  await page.goto('/networks?tab=vms')
  const table = page.getByRole('table', { name: 'VMs' })
  const header = table.getByRole('columnheader', { name: 'VM', exact: true })
  const shown = () =>
    table
      .getByRole('row')
      .filter({ has: page.getByRole('cell') })
      .evaluateAll((rows) => rows.map((row) => row.querySelector('[title]')?.getAttribute('title') ?? ''))
  await expect(header).toHaveAttribute('aria-sort', 'none')
  const asTheyCame = await shown()
  const ordered = [...asTheyCame].sort((left, right) => left.localeCompare(right, 'en', { numeric: true }))
  await header.getByRole('button').click()
  await expect(header).toHaveAttribute('aria-sort', 'ascending')
  expect(await shown()).toEqual(ordered)
  await page.keyboard.press('Enter')
  await expect(header).toHaveAttribute('aria-sort', 'descending')
  expect(await shown()).toEqual(ordered.toReversed())
  await page.keyboard.press('Enter')
  await expect(header).toHaveAttribute('aria-sort', 'none')
  expect(await shown()).toEqual(asTheyCame)
})

test('? shows the keys, / filters, Esc closes one thing at a time', async ({ page }) => {
  await page.goto('/networks?tab=vms')
  const rows = page
    .getByRole('table', { name: 'VMs' })
    .getByRole('row')
    .filter({ has: page.getByRole('cell') })
  await expect(rows).toHaveCount(sample.vms.length)

  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(sheet).toContainText('Find an object or an action')
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()

  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox', { name: 'Filter VMs' })).toBeFocused()
  await page.keyboard.type(vm.name)
  await expect(rows).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(rows).toHaveCount(sample.vms.length)
  await page.keyboard.press('Escape')

  await rows.filter({ hasText: vm.name }).focus()
  await page.keyboard.press('Enter')
  await expect(inspector(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(inspector(page)).toBeHidden()

  await page.keyboard.press('g')
  await page.keyboard.press('t')
  await expect(page).toHaveURL(/\/topology$/)
})

test('a chord right behind a key that changes the address goes where it says', async ({ page }) => {
  for (let round = 0; round < 5; round += 1) {
    await page.goto('/networks?tab=vms')
    await page.getByRole('table', { name: 'VMs' }).getByRole('row').filter({ hasText: vm.name }).focus()
    // Without a look in between: the address of what Escape closed is still to be written.
    for (const key of ['Enter', 'Escape', 'g', 't']) await page.keyboard.press(key)
    await expect(page).toHaveURL(/\/topology$/)
  }
})

test('the second key of a chord may come late, and Escape gives the chord up', async ({ page }) => {
  await page.goto('/networks')
  await page.getByRole('status').filter({ hasText: 'Live' }).waitFor()
  await page.clock.install()
  await page.keyboard.press('g')
  await page.keyboard.press('Escape')
  await page.keyboard.press('h')
  await expect(page).toHaveURL(/\/networks$/)
  await page.keyboard.press('g')
  await page.clock.fastForward('00:30')
  await page.keyboard.press('t')
  await expect(page).toHaveURL(/\/topology$/)
})

test('the topology is one tab stop, and arrow keys go through what it shows', async ({ page }) => {
  await page.goto('/topology')
  const canvas = page.getByRole('region', { name: 'Topology canvas' })
  await expect(canvas.getByRole('button', { name: vm.name }).first()).toBeVisible()
  await expect(canvas.locator('[data-stop]:not([tabindex="-1"])')).toHaveCount(0)
  const focused = canvas.locator('[data-stop]:focus')
  await canvas.focus()
  await page.keyboard.press('Home')
  const first = await focused.getAttribute('data-stop')
  await page.keyboard.press('ArrowDown')
  await expect(focused).not.toHaveAttribute('data-stop', first!)
  await page.keyboard.press('ArrowUp')
  await expect(focused).toHaveAttribute('data-stop', first!)
  await page.keyboard.press('End')
  await expect(focused).not.toHaveAttribute('data-stop', first!)
  await page.keyboard.press('Enter')
  await expect(inspector(page)).toBeVisible()
})

test('the theme stays after a reload', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto('/')
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const light = await background()
  await page.getByRole('radio', { name: 'Dark theme' }).click()
  await expect.poll(background).not.toBe(light)
  const dark = await background()
  await page.reload()
  await expect(page.getByRole('radio', { name: 'Dark theme' })).toBeChecked()
  expect(await background()).toBe(dark)
  await page.getByRole('radio', { name: 'Light theme' }).click()
  await expect.poll(background).toBe(light)
})

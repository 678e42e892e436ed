// Objects of the design in the browser. Each helper fills an open dialog and waits until it is gone.

import type { Locator, Page } from '@playwright/test'
import { kernelCommandLine, labHost, type HostName } from './lab'
import { expect } from './test'
import { visit } from './visit'

export async function openTab(page: Page, tab: 'Networks' | 'Ports' | 'VMs' | 'Physical networks'): Promise<void> {
  await visit(page, 'Networks')
  await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click()
}

/** The news goes by itself, on a busy machine between two looks at the page: it is written down as it comes, from before the click on. */
export async function pressForNews(page: Page, button: Locator, news: string): Promise<void> {
  const told = await page.evaluateHandle(() => {
    const texts: string[] = []
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) for (const node of addedNodes) texts.push(node.textContent ?? '')
    }).observe(document.body, { childList: true, subtree: true })
    return texts
  })
  await button.click()
  await expect
    .poll(() => told.evaluate((texts, text) => texts.some((each) => each.includes(text)), news), { message: `"${news}" is told` })
    .toBe(true)
}

/** What a page tells in passing. It is read aloud as well, by words that are in the page for a moment, elsewhere. */
export const newsOf = (page: Page, text: string): Locator =>
  page.getByRole('region', { name: /^Notifications/ }).getByText(text, { exact: true })

/** Presses the dialog's deciding button, which has the dialog's name, and waits for the news. */
export async function submit(page: Page, dialog: Locator, name: string, news: string): Promise<void> {
  await pressForNews(page, dialog.getByRole('button', { name, exact: true }), news)
  await expect(dialog).toBeHidden()
}

export async function createProject(page: Page, name: string): Promise<void> {
  await openTab(page, 'Networks')
  await page.getByRole('button', { name: 'Create project' }).click()
  const dialog = page.getByRole('dialog', { name: 'Create project' })
  await dialog.getByLabel('Project name').fill(name)
  await submit(page, dialog, 'Create project', `Project ${name} created`)
}

export async function createPhysicalNetwork(page: Page, name: string, vlanRanges: string): Promise<void> {
  await openTab(page, 'Physical networks')
  await page.getByRole('button', { name: 'Create physical network' }).click()
  const dialog = page.getByRole('dialog', { name: 'Create physical network' })
  await dialog.getByLabel('Physical network name').fill(name)
  await dialog.getByLabel('VLAN ranges').fill(vlanRanges)
  await submit(page, dialog, 'Create physical network', `Physical network ${name} created`)
}

interface VmForm {
  readonly name: string
  readonly host: HostName
  /** Chosen beforehand when left out. */
  readonly network?: string
}

/** In the open dialog "Create VM". */
export async function fillVm(dialog: Locator, { name, host, network }: VmForm): Promise<void> {
  const { guestKernel, guestInitrd } = labHost(host)
  await dialog.getByLabel('VM name').fill(name)
  await dialog.getByLabel('Host', { exact: true }).selectOption(host)
  if (network) await dialog.getByLabel('Network of eth0').selectOption({ label: network })
  await dialog.getByLabel('Boot from').selectOption('Kernel and initrd')
  await dialog.getByLabel('Kernel command line').fill(kernelCommandLine(name))
  await dialog.getByLabel('Kernel', { exact: true }).fill(guestKernel)
  await dialog.getByLabel('Initrd').fill(guestInitrd)
}

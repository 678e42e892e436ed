// Hosts in the browser: registering, wiring, preparing.

import type { Locator, Page } from '@playwright/test'
import { newsOf } from './design'
import { labHost, type HostName } from './lab'
import { sample } from './sample'
import { expect } from './test'
import { visit } from './visit'

export interface HostForm {
  readonly name: string
  readonly address: string
  readonly port: number
  readonly user: string
  readonly keyFile: string
  readonly isNetwork?: boolean
}

/** What an operator would type for a host of the lab. */
export function hostForm(name: HostName): HostForm {
  const { ssh, roles } = labHost(name)
  return { name, address: ssh.address, port: ssh.port, user: ssh.user, keyFile: ssh.privateKeyPath, isNetwork: roles.includes('network') }
}

export async function openRegistration(page: Page): Promise<Locator> {
  await visit(page, 'Hosts')
  await page.getByRole('button', { name: 'Register host' }).click()
  return page.getByRole('dialog', { name: 'Register host' })
}

export async function fillHost(dialog: Locator, form: HostForm): Promise<void> {
  await dialog.getByLabel('Host name').fill(form.name)
  await dialog.getByLabel('Address').fill(form.address)
  await dialog.getByLabel('SSH port').fill(String(form.port))
  await dialog.getByLabel('User').fill(form.user)
  await dialog.getByLabel('Authentication').selectOption('Key file on the console’s machine')
  await dialog.getByLabel('Key file').fill(form.keyFile)
  await dialog.getByLabel('Compute').setChecked(!form.isNetwork)
  await dialog.getByRole('checkbox', { name: 'Network' }).setChecked(form.isNetwork ?? false)
}

/** Both steps of the dialog. The fingerprint is compared with the one the lab knows, as an operator would. */
export async function registerHost(page: Page, name: HostName): Promise<void> {
  await fillHost(await openRegistration(page), hostForm(name))
  await page.getByRole('button', { name: 'Read host key' }).click()
  const comparison = page.getByRole('dialog', { name: 'Compare the host key' })
  await expect(comparison.getByText(labHost(name).ssh.hostKeyFingerprint, { exact: true })).toBeVisible()
  await comparison.getByLabel('I compared the fingerprint with the host’s own').check()
  await comparison.getByRole('button', { name: 'Register host' }).click()
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
  await expectRead(page)
}

export const openHost = (page: Page, name: HostName): Promise<void> => openHostNamed(page, name)

export async function openHostNamed(page: Page, name: string): Promise<void> {
  await visit(page, 'Hosts')
  await page.getByRole('table', { name: 'Hosts' }).getByRole('link', { name, exact: true }).click()
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
}

/** The host answered, and nobody reads it any more. */
export async function expectRead(page: Page): Promise<void> {
  await expect(page.getByRole('main').getByText('Reachable', { exact: true })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Read now' })).toBeVisible()
}

/** Tunnel end and bridge mapping, as the lab is cabled. */
export async function wireHost(page: Page, name: HostName): Promise<void> {
  const { tunnelAddress, tunnelPrefix, tunnelNic, physicalNics } = labHost(name)
  await openHost(page, name)
  await page.getByRole('tab', { name: 'Settings' }).click()
  const wiring = page.getByRole('form', { name: 'Wiring' })
  // A machine may show /dev/kvm to the practice hosts and still be unable to run a guest with it.
  if (!labHost(name).roles.includes('network')) await wiring.getByLabel('Virtualisation of new VMs').selectOption('QEMU, emulated')
  await wiring.getByLabel('Tunnels end on this host').check()
  await wiring.getByLabel('Tunnel address').fill(tunnelAddress)
  await wiring.getByLabel('Prefix').fill(String(tunnelPrefix))
  await wiring.getByLabel('Tunnel NIC').selectOption(tunnelNic)
  for (const { nic } of physicalNics) {
    await wiring.getByRole('button', { name: 'Add mapping' }).click()
    await wiring.getByLabel('Physical network').selectOption(sample.physicalNetwork)
    await wiring.getByLabel('Provider NIC').selectOption(nic)
    await expect(wiring.getByLabel('Bridge', { exact: true })).toHaveValue(`br-${nic}`)
  }
  await wiring.getByRole('button', { name: 'Save wiring' }).click()
  await expect(newsOf(page, `Saved the wiring of ${name}`)).toBeVisible()
}

export async function setPrepared(page: Page, name: HostName, isPrepared: boolean): Promise<void> {
  await page.getByRole('switch', { name: 'Prepared' }).click()
  await expect(newsOf(page, `${name} will be ${isPrepared ? 'prepared' : 'cleaned'}`)).toBeVisible()
  await expect(page.getByRole('switch', { name: 'Prepared', checked: isPrepared })).toBeVisible()
}

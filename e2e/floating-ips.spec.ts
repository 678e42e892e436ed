// Floating IPs in the browser: one is made, led to a port, moved to another and taken away; single ports of it are
// forwarded instead; it is deleted. What is wrong is refused at its field. Nothing of it
// is applied: that they translate is shown by the scenarios.

import type { Locator, Page } from '@playwright/test'
import { api } from './support/api'
import { openTopology } from './support/canvas'
import { submit } from './support/design'
import { expect, test } from './support/test'
import { visit } from './support/visit'

test.describe.configure({ mode: 'serial' })

const PROJECT = 'floating'
const OUTSIDE = 'coast'
const ADDRESS = '198.51.100.20'

let made: {
  readonly projectId: string
  readonly outsideId: string
  readonly insideId: string
  readonly routerId: string
  readonly portIds: readonly [string, string]
}

test.beforeAll(async () => {
  const { id: projectId } = await api.projects.create.mutate({ name: PROJECT })
  const network = async (name: string, cidr: string, isExternal: boolean): Promise<string> => {
    const { id } = await api.networks.create.mutate({ projectId, name, type: 'vxlan', isExternal })
    await api.subnets.create.mutate({ networkId: id, name: `${name}-v4`, cidr, isDhcpEnabled: false })
    return id
  }
  const outsideId = await network(OUTSIDE, '198.51.100.0/24', true)
  const insideId = await network('bay', '10.85.0.0/24', false)
  const { id: routerId } = await api.routers.create.mutate({ projectId, name: 'pier', gateway: { networkId: outsideId } })
  const subnetId = (await api.topology.get.query()).topology.subnets.find(({ networkId }) => networkId === insideId)?.id ?? ''
  await api.routers.addInterface.mutate({ id: routerId, subnetId })
  const { id: first } = await api.ports.create.mutate({ networkId: insideId, name: 'bay-1' })
  const fixedIps = ['10.85.0.50', '10.85.0.51'].map((ipAddress) => ({ subnetId, ipAddress }))
  const { id: second } = await api.ports.create.mutate({ networkId: insideId, name: 'bay-2', fixedIps })
  made = { projectId, outsideId, insideId, routerId, portIds: [first, second] }
})

test.afterAll(async () => {
  const { floatingIps, portForwardings, ports } = (await api.topology.get.query()).topology
  for (const { id } of portForwardings) await api.portForwardings.remove.mutate({ id })
  for (const { id, projectId } of floatingIps) if (projectId === made.projectId) await api.floatingIps.remove.mutate({ id })
  for (const { id: portId, deviceId, deviceOwner } of ports)
    if (deviceId === made.routerId && deviceOwner !== 'network:router_gateway')
      await api.routers.removeInterface.mutate({ id: made.routerId, portId })
  await api.routers.remove.mutate({ id: made.routerId })
  for (const id of made.portIds) await api.ports.remove.mutate({ id })
  for (const id of [made.insideId, made.outsideId]) await api.networks.remove.mutate({ id })
  await api.projects.remove.mutate({ id: made.projectId })
})

const dialogOf = (page: Page, name: string | RegExp): Locator => page.getByRole('dialog', { name })
const rowOf = (page: Page): Locator => page.getByRole('table', { name: 'Floating IPs' }).getByRole('row').filter({ hasText: ADDRESS })
const inspectorOf = (page: Page): Locator => page.getByRole('complementary', { name: 'Inspector' })

async function openFloatingIp(page: Page): Promise<Locator> {
  await visit(page, 'Floating IPs')
  // In the middle of the row are links to others.
  await rowOf(page).getByText(ADDRESS, { exact: true }).click()
  await expect(inspectorOf(page).getByRole('heading', { name: ADDRESS })).toBeVisible()
  return inspectorOf(page)
}

test('one is made, with an address that is checked, and leads to nobody', async ({ page }) => {
  await visit(page, 'Floating IPs')
  await page.getByRole('button', { name: 'Create floating IP' }).click()
  const dialog = dialogOf(page, 'Create floating IP')
  await dialog.getByLabel('Project').selectOption(PROJECT)
  await dialog.getByLabel('External network').selectOption(OUTSIDE)
  const address = dialog.getByLabel('Address', { exact: true })
  for (const [value, why] of [
    ['10.85.0.9', /rule floating-ip-outside/],
    ['198.51.100.1', /rule floating-ip-gateway-address/],
  ] as const) {
    await address.fill(value)
    await dialog.getByRole('button', { name: 'Create floating IP' }).click()
    await expect(address).toHaveAccessibleDescription(why)
    await expect(address).toHaveValue(value)
  }
  await address.fill(ADDRESS)
  await submit(page, dialog, 'Create floating IP', 'Floating IP created')
  await expect(rowOf(page)).toContainText('nobody yet')
})

test('it is led to a port, which tells of it, and router and port are links', async ({ page }) => {
  const inspector = await openFloatingIp(page)
  await inspector.getByRole('button', { name: 'Associate' }).click()
  const dialog = dialogOf(page, `Edit floating IP ${ADDRESS}`)
  await dialog.getByLabel('Leads to port').selectOption(made.portIds[0])
  await submit(page, dialog, 'Save floating IP', `Floating IP ${ADDRESS} saved`)
  await expect(rowOf(page).getByRole('link', { name: 'pier', exact: true })).toHaveAttribute('href', `/routers/${made.routerId}`)
  await rowOf(page).getByRole('link', { name: 'bay-1', exact: true }).click()
  await expect(inspectorOf(page).getByRole('region', { name: 'Floating IPs' })).toContainText(ADDRESS)
})

test('the drawing counts it at its network, and lists it there', async ({ page }) => {
  await openTopology(page)
  await page.getByRole('button', { name: /1 floating IP$/ }).click()
  await expect(inspectorOf(page).getByRole('region', { name: 'By pier' })).toContainText(`${ADDRESS}bay-1`)
  await inspectorOf(page).getByRole('link', { name: 'Open the list' }).click()
  await expect(rowOf(page)).toBeVisible()
})

test('it moves to a port with two addresses, of which one is chosen', async ({ page }) => {
  const inspector = await openFloatingIp(page)
  await inspector.getByRole('button', { name: 'Edit', exact: true }).click()
  const dialog = dialogOf(page, `Edit floating IP ${ADDRESS}`)
  await dialog.getByLabel('Leads to port').selectOption(made.portIds[1])
  const fixed = dialog.getByLabel('Fixed address')
  await dialog.getByRole('button', { name: 'Save floating IP' }).click()
  await expect(fixed).toHaveAccessibleDescription(/2 addresses.*rule floating-ip-port-address/)
  await fixed.selectOption('10.85.0.51')
  await submit(page, dialog, 'Save floating IP', `Floating IP ${ADDRESS} saved`)
  await expect(rowOf(page)).toContainText('10.85.0.51')
  await page.goto(`/routers/${made.routerId}?tab=floating-ips`)
  await expect(rowOf(page)).toContainText('bay-2')
})

test('the second one of an address is refused at it', async ({ page }) => {
  await page.goto(`/floating-ips?new=floatingIp&port=${made.portIds[1]}`)
  const dialog = dialogOf(page, 'Create floating IP')
  await dialog.getByLabel('Project').selectOption(PROJECT)
  await dialog.getByLabel('External network').selectOption(OUTSIDE)
  await dialog.getByLabel('Fixed address').selectOption('10.85.0.51')
  await dialog.getByRole('button', { name: 'Create floating IP' }).click()
  await expect(dialog.getByLabel('Fixed address')).toHaveAccessibleDescription(/198\.51\.100\.20.*rule floating-ip-fixed-unique/)
})

test('it leads to nobody again', async ({ page }) => {
  const inspector = await openFloatingIp(page)
  await inspector.getByRole('button', { name: 'Edit', exact: true }).click()
  const dialog = dialogOf(page, `Edit floating IP ${ADDRESS}`)
  await dialog.getByLabel('Leads to port').selectOption('Nobody yet')
  await submit(page, dialog, 'Save floating IP', `Floating IP ${ADDRESS} saved`)
  await expect(rowOf(page)).toContainText('nobody yet')
})

test('single ports of it are forwarded instead, and lead elsewhere', async ({ page }) => {
  const inspector = await openFloatingIp(page)
  const section = inspector.getByRole('region', { name: 'Port forwardings' })
  await section.getByRole('button', { name: 'Forward a port' }).click()
  const dialog = dialogOf(page, `Forward a port of ${ADDRESS}`)
  const outside = dialog.getByLabel('External port')
  await outside.fill('70000')
  await dialog.getByLabel('Leads to port').selectOption(made.portIds[0])
  await dialog.getByLabel('Internal port').fill('80')
  await dialog.getByRole('button', { name: 'Create port forwarding' }).click()
  await expect(outside).toHaveAccessibleDescription(/from 1 to 65535.*rule port-forwarding-port-range/)
  await outside.fill('8080')
  await submit(page, dialog, 'Create port forwarding', 'Port forwarding created')
  await expect(section).toContainText('8080/tcp')
  await expect(rowOf(page)).toContainText('1 port forwarding')

  await section.getByRole('button', { name: 'Edit port forwarding 8080/tcp' }).click()
  const change = dialogOf(page, `Edit port forwarding of ${ADDRESS}`)
  await change.getByLabel('Leads to port').selectOption(made.portIds[1])
  await change.getByLabel('Internal address').selectOption('10.85.0.51')
  await change.getByLabel('Internal port').fill('8000')
  await submit(page, change, 'Save port forwarding', 'Port forwarding saved')
  await expect(section).toContainText('10.85.0.51:8000')
  await section.getByRole('link', { name: 'bay-2' }).click()
  await inspectorOf(page).getByRole('region', { name: 'Port forwardings' }).getByRole('link').click()
  await expect(inspectorOf(page).getByRole('heading', { name: ADDRESS })).toBeVisible()
})

test('it stays while it has port forwardings, and goes with the last', async ({ page }) => {
  const inspector = await openFloatingIp(page)
  const question = dialogOf(page, `Delete floating IP ${ADDRESS}?`)
  await inspector.getByRole('button', { name: 'Delete floating IP' }).click()
  await expect(question).toContainText('still has port forwardings')
  await page.keyboard.press('Escape')
  await inspector.getByRole('button', { name: 'Delete port forwarding 8080/tcp' }).click()
  await submit(page, dialogOf(page, /^Delete port forwarding/), 'Delete port forwarding', `Deleted port forwarding ${ADDRESS}:8080`)
  await expect(rowOf(page)).toContainText('nobody yet')
  await inspector.getByRole('button', { name: 'Delete floating IP' }).click()
  await submit(page, question, 'Delete floating IP', `Deleted floating IP ${ADDRESS}`)
  await expect(rowOf(page)).toHaveCount(0)
})

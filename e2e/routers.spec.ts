// Routers in the browser: an external network, a router that leads out by it and joins two networks, and all of it gone again. What is wrong is
// refused at its field. Nothing here needs a host: that routers route is shown by the scenarios.

import type { Locator, Page } from '@playwright/test'
import { api } from './support/api'
import { openTab, submit } from './support/design'
import { expect, test } from './support/test'
import { visit } from './support/visit'

test.describe.configure({ mode: 'serial' })

const PROJECT = 'routed'
const OUTSIDE = 'outside'
const ROUTER = 'edge'
const PORT = 'ochre-spare'

let made: { readonly projectId: string; readonly networkIds: readonly string[]; readonly portId: string }

test.beforeAll(async () => {
  const { id: projectId } = await api.projects.create.mutate({ name: PROJECT })
  const networkIds: string[] = []
  // The last one has the addresses of the first.
  for (const [name, cidr] of [
    ['ochre', '10.81.0.0/24'],
    ['teal', '10.82.0.0/24'],
    ['twin', '10.81.0.0/16'],
  ] as const) {
    const { id: networkId } = await api.networks.create.mutate({ projectId, name, type: 'vxlan' })
    await api.subnets.create.mutate({ networkId, name: `${name}-v4`, cidr, isDhcpEnabled: false })
    networkIds.push(networkId)
  }
  const { id: portId } = await api.ports.create.mutate({ networkId: networkIds[0] ?? '', name: PORT })
  made = { projectId, networkIds, portId }
})

test.afterAll(async () => {
  const { topology } = await api.topology.get.query()
  const routers = topology.routers.filter(({ projectId }) => projectId === made.projectId)
  for (const { id } of routers) {
    for (const { deviceId, deviceOwner, id: portId } of topology.ports)
      if (deviceId === id && deviceOwner.startsWith('network:router_interface')) await api.routers.removeInterface.mutate({ id, portId })
    await api.routers.remove.mutate({ id })
  }
  for (const { id, networkId } of topology.ports)
    if (made.networkIds.includes(networkId) && id === made.portId) await api.ports.remove.mutate({ id })
  for (const { id, projectId } of topology.networks) if (projectId === made.projectId) await api.networks.remove.mutate({ id })
  await api.projects.remove.mutate({ id: made.projectId })
})

const dialogOf = (page: Page, name: string | RegExp): Locator => page.getByRole('dialog', { name })
const rowsOf = (page: Page, table: string): Locator =>
  page
    .getByRole('table', { name: table, exact: true })
    .getByRole('row')
    .filter({ has: page.getByRole('cell') })
const outsideId = async (): Promise<string> =>
  (await api.topology.get.query()).topology.networks.find(({ name }) => name === OUTSIDE)?.id ?? ''

async function openRouter(page: Page, name: string): Promise<void> {
  await visit(page, 'Routers')
  await page.getByRole('table', { name: 'Routers' }).getByRole('link', { name, exact: true }).click()
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
}

async function addInterface(page: Page, subnet: RegExp): Promise<Locator> {
  await page.getByRole('button', { name: 'Add interface' }).click()
  const dialog = dialogOf(page, `Add interface to ${ROUTER}`)
  const choice = dialog.getByLabel('Subnet', { exact: true })
  await choice.selectOption(await choice.getByRole('option', { name: subnet }).getAttribute('value'))
  return dialog
}

test('an external network is made, and says that it is one', async ({ page }) => {
  await openTab(page, 'Networks')
  await page.getByRole('button', { name: 'Create network' }).click()
  const dialog = dialogOf(page, 'Create network')
  await dialog.getByLabel('Network name').fill(OUTSIDE)
  await dialog.getByLabel('Project').selectOption(PROJECT)
  await dialog.getByLabel('External network').check()
  await submit(page, dialog, 'Create network', `Network ${OUTSIDE} created`)
  await expect(page.getByRole('table', { name: 'Networks' }).getByRole('row').filter({ hasText: OUTSIDE })).toContainText('external')
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('routers may lead out by it')
  await api.subnets.create.mutate({ networkId: await outsideId(), name: 'outside-v4', cidr: '203.0.113.0/24', isDhcpEnabled: false })
})

test('a router is made, leads out, and is told when its gateway network is external no more', async ({ page }) => {
  await visit(page, 'Routers')
  await page.getByRole('button', { name: 'Create router' }).click()
  const dialog = dialogOf(page, 'Create router')
  await dialog.getByRole('button', { name: 'Create router' }).click()
  const name = dialog.getByLabel('Router name')
  await expect(name).toHaveAccessibleDescription(/Give a name\./)
  await name.fill(ROUTER)
  await dialog.getByLabel('Project').selectOption(PROJECT)
  await expect(dialog.getByLabel('Centralized')).toBeChecked()
  const gateway = dialog.getByLabel('Gateway network')
  await expect(gateway.getByRole('option')).toHaveText(['None', OUTSIDE])
  await gateway.selectOption(OUTSIDE)
  await expect(dialog.getByLabel('SNAT')).toBeChecked()

  // Somebody else switches it meanwhile.
  const patch = async (isExternal: boolean) => api.networks.update.mutate({ id: await outsideId(), patch: { isExternal } })
  await patch(false)
  await dialog.getByRole('button', { name: 'Create router' }).click()
  await expect(gateway).toHaveAccessibleDescription(/rule router-gateway-external/)
  await patch(true)

  const address = dialog.getByLabel('Gateway address')
  await address.fill('10.9.9.9')
  await dialog.getByRole('button', { name: 'Create router' }).click()
  await expect(address).toHaveAccessibleDescription(/rule router-gateway-outside/)
  await address.fill('203.0.113.1')
  await dialog.getByRole('button', { name: 'Create router' }).click()
  await expect(address).toHaveAccessibleDescription(/rule router-gateway-address/)
  await address.fill('203.0.113.50')
  await submit(page, dialog, 'Create router', `Router ${ROUTER} created`)
  await expect(page.getByRole('heading', { name: ROUTER, level: 1 })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('203.0.113.50')
  await expect(page.getByText('It joins nothing yet')).toBeVisible()
})

test('it joins two networks, and no third with the same addresses', async ({ page }) => {
  await openRouter(page, ROUTER)
  await submit(page, await addInterface(page, /^ochre-v4/), 'Add interface', `Interface added to ${ROUTER}`)
  await submit(page, await addInterface(page, /^teal-v4/), 'Add interface', `Interface added to ${ROUTER}`)
  await expect(rowsOf(page, 'Interfaces')).toHaveCount(2)
  await expect(rowsOf(page, 'Interfaces').filter({ hasText: 'teal-v4' })).toContainText('10.82.0.1')

  const dialog = await addInterface(page, /^twin-v4/)
  await dialog.getByRole('button', { name: 'Add interface' }).click()
  await expect(dialog.getByLabel('Subnet', { exact: true })).toHaveAccessibleDescription(/10\.81\.0\.0\/24.*rule router-subnet-overlap/)
  // By a port: this one is in a subnet that the router has already.
  await dialog.getByLabel('By', { exact: true }).selectOption({ label: 'Port: the router has its address' })
  await dialog.getByRole('button', { name: 'Add interface' }).click()
  const port = dialog.getByLabel('Port', { exact: true })
  await expect(port).toHaveAccessibleDescription(/Choose a port\./)
  await port.selectOption(made.portId)
  await dialog.getByRole('button', { name: 'Add interface' }).click()
  await expect(port).toHaveAccessibleDescription(/rule router-subnet-unique/)
  await page.keyboard.press('Escape')
})

test('extra routes lead to neighbours; what is wrong stands at its field', async ({ page }) => {
  await openRouter(page, ROUTER)
  await page.getByRole('tab', { name: /^Extra routes/ }).click()
  await page.getByRole('button', { name: 'Add extra routes' }).click()
  const dialog = dialogOf(page, `Extra routes of ${ROUTER}`)
  const [destination, nexthop] = [dialog.getByLabel('Destination'), dialog.getByLabel('Next hop')]
  await destination.fill('10.90.0.1/16')
  await nexthop.fill('10.82.0.1')
  await dialog.getByRole('button', { name: 'Save extra routes' }).click()
  await expect(destination).toHaveAccessibleDescription(/rule ip-prefix-host-bits/)
  await destination.fill('10.90.0.0/16')
  await dialog.getByRole('button', { name: 'Save extra routes' }).click()
  await expect(nexthop).toHaveAccessibleDescription(/rule router-route-own/)
  await nexthop.fill('10.99.0.9')
  await dialog.getByRole('button', { name: 'Save extra routes' }).click()
  await expect(nexthop).toHaveAccessibleDescription(/rule router-route-off-link/)
  await nexthop.fill('10.82.0.9')
  await submit(page, dialog, 'Save extra routes', `Extra routes of ${ROUTER} saved`)
  await expect(rowsOf(page, 'Extra routes')).toContainText(['10.90.0.0/16'])
})

test('kind, admin state and gateway are changed on its page', async ({ page }) => {
  await openRouter(page, ROUTER)
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  const dialog = dialogOf(page, `Edit router ${ROUTER}`)
  await dialog.getByLabel('Distributed').check()
  await expect(dialog.getByLabel('SNAT')).toHaveAccessibleDescription(/central part on a network host/)
  await dialog.getByLabel('By hand').check()
  await submit(page, dialog, 'Save router', `Router ${ROUTER} saved`)
  await expect(page.getByRole('main')).toContainText('Central part')
  await expect(page.getByRole('main')).toContainText('by hand')

  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  await dialog.getByLabel('Centralized').check()
  await expect(dialog.getByLabel('By hand')).toHaveCount(0)
  await dialog.getByLabel('Admin state up').uncheck()
  await dialog.getByLabel('SNAT').uncheck()
  await submit(page, dialog, 'Save router', `Router ${ROUTER} saved`)
  await expect(page.getByRole('main')).toContainText('admin state down')
  await expect(page.getByRole('main')).toContainText('off: what leaves keeps its address')
})

test('an interface that routes lead through stays; another one goes, after a question', async ({ page }) => {
  await openRouter(page, ROUTER)
  await expect(page.getByRole('button', { name: 'Delete router' })).toHaveAccessibleDescription(/still has interfaces/)
  await page.getByRole('button', { name: 'Remove interface 10.82.0.1' }).click()
  const held = dialogOf(page, `Remove interface 10.82.0.1 from ${ROUTER}?`)
  await held.getByRole('button', { name: 'Remove interface' }).click()
  await expect(held).toContainText('10.90.0.0/16 by 10.82.0.9')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Remove interface 10.81.0.1' }).click()
  const question = dialogOf(page, `Remove interface 10.81.0.1 from ${ROUTER}?`)
  await submit(page, question, 'Remove interface 10.81.0.1', `Interface 10.81.0.1 removed from ${ROUTER}`)
  await expect(rowsOf(page, 'Interfaces')).toHaveCount(1)
})

test('without interfaces the router goes, and its gateway with it', async ({ page }) => {
  const { topology } = await api.topology.get.query()
  const id = topology.routers.find(({ name }) => name === ROUTER)?.id ?? ''
  await api.routers.update.mutate({ id, patch: { routes: [] } })
  for (const port of topology.ports)
    if (port.deviceId === id && port.deviceOwner.startsWith('network:router_interface'))
      await api.routers.removeInterface.mutate({ id, portId: port.id })
  await openRouter(page, ROUTER)
  await page.getByRole('button', { name: 'Delete router' }).click()
  const question = dialogOf(page, `Delete router ${ROUTER}?`)
  await expect(question.getByRole('listitem')).toContainText([`gateway of router ${ROUTER}`])
  await submit(page, question, 'Delete router', `Deleted router ${ROUTER}`)
  await expect(page).toHaveURL(/\/routers$/)
})

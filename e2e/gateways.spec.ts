// Gateway clusters in the browser: one is made of a host with the role, a router leads out by it, records of another cloud come and go. What is wrong is
// refused at its field. Nothing here needs a host: that clusters translate is shown by the scenarios.

import type { Locator, Page } from '@playwright/test'
import { api } from './support/api'
import { submit } from './support/design'
import { expect, test } from './support/test'
import { violations } from './support/axe'
import { visit } from './support/visit'

test.describe.configure({ mode: 'serial' })

const PROJECT = 'gated'
const OUTSIDE = 'harbour'
const HOST = 'gate-1'
const CLUSTER = 'north-gates'
const RECORD = {
  cloudId: 'south',
  floatingIpId: '6d1d6f4c-55f0-4e6c-9a52-0f8d2a9b7a10',
  floatingIp: '198.51.100.70',
  vmIp: '10.1.0.9',
  dvrMac: 'fa:16:3f:00:00:09',
  vni: 70,
  vtep: '10.44.0.9',
  selectorMac: 'fa:16:3e:00:00:09',
}

let made: { readonly projectId: string; readonly networkIds: readonly string[]; readonly routerId: string; readonly hostId: string }

test.beforeAll(async () => {
  const { id: projectId } = await api.projects.create.mutate({ name: PROJECT })
  const network = async (name: string, cidr: string, isExternal: boolean): Promise<string> => {
    const { id } = await api.networks.create.mutate({ projectId, name, type: 'vxlan', isExternal })
    await api.subnets.create.mutate({ networkId: id, name: `${name}-v4`, cidr, isDhcpEnabled: false })
    return id
  }
  const networkIds = [await network(OUTSIDE, '198.51.100.0/24', true), await network('quay', '10.86.0.0/24', false)]
  const { id: routerId } = await api.routers.create.mutate({ projectId, name: 'lock' })
  // Nobody enters it.
  const { id: hostId } = await api.hosts.register.mutate({
    name: HOST,
    address: '192.0.2.44',
    port: 22,
    user: 'root',
    auth: { kind: 'agent' },
    roles: ['gateway'],
    tunnel: { address: '10.20.0.11', prefixLength: 24, nic: 'ens37' },
    bridgeMappings: [],
  })
  await api.hosts.setPrepared.mutate({ id: hostId, isPrepared: true })
  made = { projectId, networkIds, routerId, hostId }
})

test.afterAll(async () => {
  await api.routers.remove.mutate({ id: made.routerId })
  for (const { id } of (await api.topology.get.query()).topology.gatewayClusters) await api.gatewayClusters.remove.mutate({ id })
  for (const id of made.networkIds) await api.networks.remove.mutate({ id })
  await api.hosts.remove.mutate({ id: made.hostId })
  await api.projects.remove.mutate({ id: made.projectId })
})

const dialogOf = (page: Page, name: string): Locator => page.getByRole('dialog', { name })

async function openCluster(page: Page, tab: RegExp): Promise<void> {
  await visit(page, 'Gateway clusters')
  await page.getByRole('table', { name: 'Gateway clusters' }).getByRole('link', { name: CLUSTER, exact: true }).click()
  await expect(page.getByRole('heading', { name: CLUSTER, level: 1 })).toBeVisible()
  await page.getByRole('tab', { name: tab }).click()
}

test('a cluster is made, and what is wrong stands at its field', async ({ page }) => {
  await visit(page, 'Gateway clusters')
  await page.getByRole('button', { name: 'Create gateway cluster' }).click()
  const dialog = dialogOf(page, 'Create gateway cluster')
  const create = dialog.getByRole('button', { name: 'Create gateway cluster' })
  await create.click()
  await expect(dialog.getByLabel('Gateway cluster name')).toHaveAccessibleDescription(/Give a name\./)
  await dialog.getByLabel('Gateway cluster name').fill(CLUSTER)
  await dialog.getByLabel('External network').selectOption(OUTSIDE)
  await dialog.getByLabel('Cloud id').fill('north')
  await dialog.getByLabel('AS', { exact: true }).first().fill('65001')
  await dialog.getByLabel('Floating IP pools').fill('198.51.100.64-198.51.100.95')
  const peer = (number: number): Locator => dialog.getByRole('group', { name: `Peer ${number}` })
  await peer(1).getByLabel('Address').fill('10.20.0.1')
  await peer(1).getByLabel('AS').fill('65000')
  await dialog.getByRole('button', { name: 'Add BGP peer' }).click()
  await peer(2).getByLabel('Address').fill('198.51.100.2')
  await peer(2).getByLabel('AS').fill('65000')
  const vip = dialog.getByLabel('VIP')
  await vip.fill('10.86.0.77')
  await create.click()
  await expect(vip).toHaveAccessibleDescription(/rule gateway-vip-subnet/)
  await vip.fill('10.255.0.1')
  await create.click()
  await expect(dialog.getByRole('group', { name: 'Members' })).toContainText(/rule gateway-members-none/)
  await dialog.getByLabel(HOST).check()
  await submit(page, dialog, 'Create gateway cluster', `Gateway cluster ${CLUSTER} created`)
  await expect(page.getByRole('heading', { name: CLUSTER, level: 1 })).toBeVisible()
  await expect(page.getByRole('table', { name: 'Members' })).toContainText('10.20.0.11/24')
})

test('a router leads out by it, and its floating IPs come from the pools', async ({ page }) => {
  await page.goto(`/routers/${made.routerId}?do=edit`)
  const dialog = dialogOf(page, 'Edit router lock')
  await dialog.getByLabel('Distributed').check()
  await dialog.getByLabel('Gateway network').selectOption(OUTSIDE)
  await dialog.getByLabel('By a gateway cluster').check()
  await dialog.getByRole('button', { name: 'Save router' }).click()
  const cluster = dialog.getByLabel('Gateway cluster', { exact: true })
  await expect(cluster).toHaveAccessibleDescription(/rule router-cluster-required/)
  await cluster.selectOption({ label: `${CLUSTER}, VIP 10.255.0.1` })
  await submit(page, dialog, 'Save router', 'Router lock saved')
  await expect(page.getByRole('main').getByRole('link', { name: CLUSTER })).toBeVisible()
  await openCluster(page, /^Routers/)
  await expect(page.getByRole('table', { name: 'Routers' })).toContainText('lock')
  await page.getByRole('tab', { name: /^Pools/ }).click()
  await expect(page.getByRole('table', { name: 'Pools' }).getByRole('row').last()).toContainText('198.51.100.64–198.51.100.95')
  await expect(page.getByRole('button', { name: 'Delete gateway cluster' })).toHaveAccessibleDescription(/Routers lead out by/)
})

test('records of another cloud are pasted, shown and found', async ({ page }) => {
  await openCluster(page, /^Records/)
  await page.getByRole('button', { name: 'Records of other clouds' }).click()
  const dialog = dialogOf(page, `Records of other clouds at ${CLUSTER}`)
  const text = dialog.getByLabel('Records, as JSON')
  await text.fill('{ not')
  await dialog.getByRole('button', { name: 'Save records' }).click()
  await expect(text).toHaveAccessibleDescription(/This is no JSON/)
  await text.fill(JSON.stringify([{ ...RECORD, floatingIp: '198.51.100.200' }]))
  await dialog.getByRole('button', { name: 'Save records' }).click()
  await expect(text).toHaveAccessibleDescription(/rule gateway-record-outside/)
  await text.fill(JSON.stringify([RECORD]))
  await submit(page, dialog, 'Save records', `Records of other clouds saved at ${CLUSTER}`)
  await expect(page.getByRole('table', { name: 'Records' })).toContainText('south, imported')
  await page.getByLabel('Filter records').fill('10.44.0.9')
  await expect(page.getByRole('table', { name: 'Records' }).getByText(RECORD.floatingIp)).toBeVisible()
})

test('axe finds nothing on its pages', async ({ page }) => {
  const { id } = (await api.topology.get.query()).topology.gatewayClusters[0]!
  const tabs = ['members', 'pools', 'peers', 'routers', 'records'].map((tab) => `/gateways/${id}?tab=${tab}`)
  for (const address of ['/gateways', ...tabs, `/gateways/${id}?do=edit`]) {
    await page.goto(address)
    await expect(page.getByRole('heading', { level: 1, includeHidden: true })).toBeVisible()
    expect.soft(await violations(page, (axe) => axe), address).toEqual([])
  }
})

test('without routers it goes, and the ports of its members with it', async ({ page }) => {
  await api.routers.update.mutate({ id: made.routerId, patch: { floatingIpMode: 'dvr' } })
  await openCluster(page, /^Members/)
  await page.getByRole('button', { name: 'Delete gateway cluster' }).click()
  await submit(page, dialogOf(page, `Delete gateway cluster ${CLUSTER}?`), 'Delete gateway cluster', `Deleted gateway cluster ${CLUSTER}`)
  await expect(page.getByText('No gateway clusters yet')).toBeVisible()
})

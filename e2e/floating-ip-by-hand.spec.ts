// How a floating IP is led out by hand, beside how Neutron does it, in the browser: the page tells both by the commands of this very one, and the router takes
// the other way. Nothing of it is applied.

import type { Locator, Page } from '@playwright/test'
import { api } from './support/api'
import { submit } from './support/design'
import { givenSample } from './support/given'
import { sample } from './support/sample'
import { expect, test } from './support/test'

const dialogOf = (page: Page, name: string): Locator => page.getByRole('dialog', { name })
const inspectorOf = (page: Page): Locator => page.getByRole('complementary', { name: 'Inspector' })

test('of a floating IP of a distributed router both ways are told step by step, and the router takes the other one', async ({ page }) => {
  test.slow()
  await givenSample()
  const { vms, subnets, projects } = (await api.topology.get.query()).topology
  const projectId = projects.find(({ name }) => name === sample.project)?.id ?? ''
  const subnetId = subnets.find(({ name }) => name === sample.subnet)?.id ?? ''
  const { id: networkId } = await api.networks.create.mutate({ projectId, name: 'by-hand-outside', type: 'vxlan', isExternal: true })
  await api.subnets.create.mutate({ networkId, name: 'by-hand-outside-v4', cidr: '192.0.2.0/24', isDhcpEnabled: false })
  const gateway = { networkId, isSnatEnabled: false }
  const { id: routerId } = await api.routers.create.mutate({ projectId, name: 'mole', isDistributed: true, gateway })
  await api.routers.addInterface.mutate({ id: routerId, subnetId })
  const fixedPortId = vms.find(({ name }) => name === sample.vms[0].name)?.portIds[0] ?? ''
  const { id } = await api.floatingIps.create.mutate({ projectId, networkId, ipAddress: '192.0.2.50', fixedPortId })

  await page.goto(`/floating-ips?sel=${id}`)
  await inspectorOf(page).getByRole('link', { name: 'By hand' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('192.0.2.50')
  await expect(page.getByText('led out as Neutron')).toBeVisible()
  const inbound = page.getByRole('listitem', { name: 'In: from the floating IP to the VM' })
  const column = (way: string) => inbound.getByRole('region', { name: way })
  await expect(column('by hand')).toContainText('-d 192.0.2.50/32 -j DNAT')
  await expect(column('as neutron')).toContainText(`-d 192.0.2.50/32 -i rfp-${routerId.slice(0, 10)} -j DNAT`)
  await page.getByRole('link', { name: 'mole' }).click()
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  const dialog = dialogOf(page, 'Edit router mole')
  await dialog.getByRole('radio', { name: 'By hand' }).check()
  await submit(page, dialog, 'Save router', 'Router mole saved')
  await page.goto(`/floating-ips/${id}/by-hand`)
  await expect(page.getByText('led out by hand')).toBeVisible()
  await api.changes.discard.mutate()
})

// Two operators, one object: what one does while the other one's form is open is neither undone nor hidden. The other one is the API.

import { api } from './support/api'
import { newsOf, pressForNews } from './support/design'
import { givenSample } from './support/given'
import { openHost } from './support/hosts'
import { sample } from './support/sample'
import { expect, test } from './support/test'

const HOST = 'cmp1'

test.beforeAll(givenSample)
test.afterEach(() => api.changes.discard.mutate())

test('a host made read-only stays so when a form opened before is saved, and the form shows it', async ({ page }) => {
  await openHost(page, HOST)
  await page.getByRole('tab', { name: 'Settings' }).click()
  const place = page.getByRole('form', { name: 'Name and roles' })
  await place.getByLabel('Availability zone').fill('rack-2')
  const id = (await readHost()).id
  await api.hosts.update.mutate({ id, patch: { isReadOnly: true } })
  await place.getByRole('button', { name: 'Save name and roles' }).click()
  await expect(newsOf(page, 'Saved name and roles')).toBeVisible()
  await expect(place.getByLabel('Read-only')).toBeChecked()
  expect(await readHost()).toMatchObject({ isReadOnly: true, availabilityZone: 'rack-2' })
})

test('bridge mappings changed on both sides are refused by name; what was typed stays until it is discarded', async ({ page }) => {
  await openHost(page, HOST)
  await page.getByRole('tab', { name: 'Settings' }).click()
  const wiring = page.getByRole('form', { name: 'Wiring' })
  await wiring.getByRole('button', { name: 'Remove mapping' }).first().click()
  const { id, bridgeMappings } = await readHost()
  const theirs = bridgeMappings.map((mapping) => ({ ...mapping, bridge: 'br-theirs' }))
  await api.hosts.update.mutate({ id, patch: { bridgeMappings: theirs } })
  await wiring.getByRole('button', { name: 'Save wiring' }).click()
  await expect(wiring.getByRole('alert')).toContainText('Somebody else has changed this meanwhile: bridge mappings was')
  await expect(wiring.getByLabel('Bridge', { exact: true })).toHaveCount(bridgeMappings.length - 1)
  expect((await readHost()).bridgeMappings).toEqual(theirs)
  await wiring.getByRole('button', { name: 'Discard' }).click()
  await expect(wiring.getByLabel('Bridge', { exact: true }).first()).toHaveValue('br-theirs')
  await expect(wiring.getByRole('alert')).toHaveCount(0)
})

test('a subnet gets its first address as gateway when "No gateway" is switched off, whatever else changed', async ({ page }) => {
  const id = (await readSubnet()).id
  await api.subnets.update.mutate({ id, patch: { gatewayIp: null } })
  await page.goto(`/networks?edit=${id}`)
  const dialog = page.getByRole('dialog', { name: `Edit subnet ${sample.subnet}` })
  await dialog.getByLabel('No gateway').uncheck()
  await api.subnets.update.mutate({ id, patch: { dnsNameservers: ['9.9.9.9'] } })
  await pressForNews(page, dialog.getByRole('button', { name: 'Save subnet' }), `Subnet ${sample.subnet} saved`)
  expect(await readSubnet()).toMatchObject({ gatewayIp: '10.0.5.1', dnsNameservers: ['9.9.9.9'] })
})

async function readHost() {
  const { topology } = await api.topology.get.query()
  return topology.hosts.find(({ name }) => name === HOST)!
}

async function readSubnet() {
  const { topology } = await api.topology.get.query()
  return topology.subnets.find(({ name }) => name === sample.subnet)!
}

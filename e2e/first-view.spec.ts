// A page comes with what it shows: its names are in what the server sends, before any script runs. The browser asks for none of it again
// until the console tells that something changed.

import type { Page } from '@playwright/test'
import { listAddresses } from './support/addresses'
import { api } from './support/api'
import { givenEvidence, givenRouter, givenSample } from './support/given'
import { readVm, sample } from './support/sample'
import { expect, test } from './support/test'

const TRUNK = 'first-trunk'
const [near, far] = sample.vms

/** Nobody applies it: the changes have something to show. */
async function givenTrunk(): Promise<string> {
  const { topology } = await api.topology.get.query()
  const found = topology.trunks.find(({ name }) => name === TRUNK)
  if (found) return found.id
  const network = topology.networks.find(({ name }) => name === sample.network)
  const parent = { projectId: network?.projectId ?? '', name: TRUNK, networkId: network?.id ?? '' }
  return (await api.trunks.create.mutate(parent)).id
}

test.beforeAll(async () => {
  await givenSample()
  await givenEvidence()
  await givenTrunk()
  await givenRouter()
})

test.afterAll(async () => {
  await api.changes.discard.mutate()
})

const givenFloatingIp = async (): Promise<string> => {
  await givenRouter()
  return (await api.floatingIps.list.query()).find(({ ipAddress }) => ipAddress === sample.floatingIp)?.id ?? ''
}

interface View {
  readonly address: string
  readonly title: string
  /** What is to be read in it, in the words of the page. */
  readonly names: readonly string[]
}

async function listViews(): Promise<readonly View[]> {
  const hosts = await api.hosts.list.query()
  const host = hosts.find(({ host: { name } }) => name === near.host)?.host
  const [run] = (await api.runs.list.query({})).items
  const [revision] = (await api.revisions.list.query({})).items
  const [verification] = (await api.verifications.list.query({})).items
  if (!host || !run || !revision || !verification) throw new Error('there is no host, run, revision or verification to look at')
  const [source, destination] = [await readVm(near.name), await readVm(far.name)]
  const ends = [source.ipAddress, destination.ipAddress]
  const hostNames = hosts.map(({ host: { name } }) => name)
  return [
    { address: '/', title: 'Overview', names: hostNames },
    { address: '/hosts', title: 'Hosts', names: hostNames },
    { address: `/hosts/${host.id}`, title: host.name, names: ['br-int', near.name] },
    { address: `/hosts/${host.id}?tab=facts`, title: host.name, names: ['ovs-vsctl'] },
    { address: '/topology', title: 'Topology', names: [...hostNames, near.name, far.name, sample.network, sample.router] },
    { address: '/networks', title: 'Networks', names: [sample.network] },
    { address: '/networks?tab=ports', title: 'Networks', names: ends },
    { address: '/networks?tab=vms', title: 'Networks', names: [near.name, far.name] },
    { address: '/networks?tab=physical', title: 'Networks', names: [sample.physicalNetwork] },
    { address: '/trunks', title: 'Trunks', names: [TRUNK] },
    { address: `/trunks/${await givenTrunk()}`, title: TRUNK, names: [sample.network] },
    { address: '/routers', title: 'Routers', names: [sample.router, sample.project] },
    { address: `/routers/${await givenRouter()}`, title: sample.router, names: [sample.network, sample.subnet] },
    { address: `/routers/${await givenRouter()}?tab=hosts`, title: sample.router, names: ['qrouter-'] },
    { address: `/routers/${await givenRouter()}?tab=floating-ips`, title: sample.router, names: [sample.floatingIp] },
    { address: '/floating-ips', title: 'Floating IPs', names: [sample.floatingIp, sample.external, sample.router] },
    { address: `/floating-ips/${await givenFloatingIp()}/by-hand`, title: sample.floatingIp, names: ['not distributed'] },
    { address: '/gateways', title: 'Gateway clusters', names: ['No gateway clusters yet'] },
    { address: '/security-groups', title: 'Security groups', names: [sample.project] },
    { address: `/security-groups/${source.groupId}`, title: 'default', names: [sample.project, 'ports of this group'] },
    { address: `/security-groups/${source.groupId}?tab=ports`, title: 'default', names: [near.name, far.name] },
    { address: `/path?from=${source.portId}&to=${destination.portId}`, title: 'Path', names: [near.name, far.name, source.qvo, 'br-int'] },
    { address: '/changes', title: 'Changes', names: [TRUNK] },
    { address: `/changes?plan=${run.planId}`, title: 'Plan', names: [near.host] },
    { address: '/runs', title: 'Runs', names: [...run.hostNames] },
    { address: '/runs?tab=revisions', title: 'Runs', names: [`${revision.counts.network} network`] },
    { address: `/runs/${run.id}`, title: 'Run', names: [...run.hostNames] },
    { address: '/verifications', title: 'Verifications', names: [verification.sourceLabel] },
    { address: `/verifications/${verification.id}`, title: verification.sourceLabel, names: [verification.destinationLabel] },
    { address: '/settings', title: 'Settings', names: ['Verifications'] },
  ]
}

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })

  test('every page has its objects by name, and nothing that is still to come', async ({ page }) => {
    for (const { address, title, names } of await listViews()) {
      await page.goto(address)
      await expect.soft(page.getByRole('heading', { level: 1 }), address).toContainText(title)
      for (const name of names) await expect.soft(page.getByRole('main'), `${address} names ${name}`).toContainText(name)
      await expect.soft(page.getByRole('status', { name: 'Loading' }), `${address} loads`).toHaveCount(0)
    }
  })

  test('a small design comes drawn', async ({ page }) => {
    await page.goto('/topology')
    const canvas = page.getByRole('region', { name: 'Topology canvas' })
    for (const name of [near.name, far.name]) await expect(canvas.getByRole('button', { name: `VM ${name}` })).toBeVisible()
    await expect(canvas.getByText(sample.network, { exact: true })).toBeVisible()
  })
})

/** Procedures that the page asks for, apart from its streams. */
function watchQuestions(page: Page): string[] {
  const asked: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (!pathname.startsWith('/api/trpc/') || request.headers()['accept']?.includes('text/event-stream')) return
    asked.push(...pathname.replace('/api/trpc/', '').split(','))
  })
  return asked
}

/** Called before a page is opened. What it returns waits until the console has told the page whether it missed something. */
async function untilTold(page: Page): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  const told = new Promise<void>((resolve) => {
    session.on('Network.eventSourceMessageReceived', ({ data }) => data.includes('"opened"') && resolve())
  })
  return async () => {
    await told
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))
    await session.detach()
  }
}

test('nothing that came with a page is asked for again', async ({ page }) => {
  test.slow()
  const asked = watchQuestions(page)
  // A path is read again and again while it is in view, and each reading is news.
  for (const address of (await listAddresses()).filter((each) => !each.startsWith('/path'))) {
    const told = await untilTold(page)
    await page.goto(address)
    await told()
    expect.soft(asked.splice(0), address).toEqual([])
  }
})

test('what changes behind a page comes to it', async ({ page }) => {
  const asked = watchQuestions(page)
  const told = await untilTold(page)
  await page.goto('/networks?tab=physical')
  await told()
  expect(asked.splice(0)).toEqual([])
  const { id } = await api.physicalNetworks.create.mutate({ name: 'behind', mtu: 1500, vlanRanges: [] })
  await expect(page.getByRole('table', { name: 'Physical networks' }).getByText('behind')).toBeVisible()
  expect(asked).toContain('topology.get')
  await api.physicalNetworks.remove.mutate({ id })
})

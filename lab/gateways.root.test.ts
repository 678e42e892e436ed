// A lab with gateways, on the real thing: the fabric router joins two tunnel networks, takes routes by BGP from whoever is in them, tells
// them to the world outside, and forgets at once who says farewell. Needs root.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDown, labExec, labStatus, labUp } from './lab'
import { findKeepers } from './node/keeper'
import { waitFor } from './wait'

const name = 'tl-gates'

beforeAll(() => labDown({ name }))
afterAll(() => labDown({ name }))

async function on(node: string, script: string, stdin = ''): Promise<string> {
  const { code, stdout, stderr } = await labExec(name, node, ['sh', '-c', script], { stdin })
  if (code !== 0) throw new Error(`${node}: ${stderr}`)
  return stdout
}

const ping = '-q -c 1 -W 5'

it('comes up with gateways and the fabric router, and moves a compute host behind it', async () => {
  const { up, hosts, fabric, wire } = await labUp({ name, extras: ['gateways'] })
  expect(up).toBe(true)
  expect(hosts.map((host) => [host.name, host.roles[0], host.tunnelAddress, host.tunnelGateway])).toEqual([
    ['net1', 'network', '192.168.150.11', '192.168.150.1'],
    ['cmp1', 'compute', '192.168.150.12', '192.168.150.1'],
    ['cmp2', 'compute', '192.168.151.13', '192.168.151.1'],
    ['gw1', 'gateway', '192.168.150.21', '192.168.150.1'],
    ['gw2', 'gateway', '192.168.150.22', '192.168.150.1'],
  ])
  expect(fabric?.addresses).toEqual(['192.168.150.1/24', '192.168.151.1/24', '203.0.113.3/24'])
  expect(wire.segments.map(({ ports }) => ports.length)).toEqual([5, 7, 5, 2])
})

it('routes between the tunnel networks', async () => {
  await on('cmp1', 'ip addr add 192.168.150.12/24 dev ens37 && ip route add 192.168.151.0/24 via 192.168.150.1')
  await on('cmp2', 'ip addr add 192.168.151.13/24 dev ens37 && ip route add 192.168.150.0/24 via 192.168.151.1')
  expect(await on('cmp1', `ping ${ping} 192.168.151.13`)).toContain(' 1 received')
})

/** Speaks for an address of its own until it is asked to stop. */
const SPEAK = `ip addr add 203.0.113.$1/24 dev ens38 && ip addr add 192.0.2.1/32 dev lo
mkdir -p /run/bird && cat >/etc/bird/bird.conf && bird -P /run/bird/pid`
const speaker = (last: number): string => `router id 203.0.113.${last};
protocol device {}
protocol static { ipv4; route 192.0.2.1/32 blackhole; route 192.168.200.1/32 blackhole; route 203.0.113.0/24 blackhole; }
protocol bfd {}
protocol bgp fabric {
  local as 65001; neighbor 203.0.113.3 as 65000; bfd on; connect delay time 1;
  ipv4 { import none; export all; next hop self; };
}
`
const routesTo = async (node: string, address: string): Promise<readonly string[]> =>
  [...(await on(node, `ip route show ${address}`)).matchAll(/via (\S+)/g)].map(([, via = '']) => via)

it('takes routes from several neighbours, shares packets among them, and tells the outside', async () => {
  for (const [node, last] of [
    ['gw1', 121],
    ['gw2', 122],
  ] as const)
    await on(node, SPEAK.replace('$1', String(last)), speaker(last))
  await waitFor(
    'both routes',
    async () =>
      ((await routesTo('fabric', '192.0.2.1')).length === 2 && (await routesTo('outside', '192.0.2.1')).length === 1) || undefined,
    { timeoutMs: 60_000, everyMs: 200 },
  )
  expect(await routesTo('outside', '192.0.2.1')).toEqual(['203.0.113.3'])
  expect(await on('outside', `ping ${ping} 192.0.2.1`)).toContain(' 1 received')
})

it('keeps tunnel addresses from the outside, and its own networks from everybody', async () => {
  expect(await routesTo('fabric', '192.168.200.1')).toEqual(['203.0.113.121', '203.0.113.122'])
  expect(await routesTo('outside', '192.168.200.1')).toEqual([])
  expect(await routesTo('fabric', '203.0.113.0/24')).toEqual([])
})

it('forgets at once who says farewell', async () => {
  await on('gw1', 'kill "$(cat /run/bird/pid)"')
  await waitFor('the route to go', async () => (await routesTo('fabric', '192.0.2.1')).length === 1 || undefined, { timeoutMs: 10_000 })
  expect(await routesTo('fabric', '192.0.2.1')).toEqual(['203.0.113.122'])
})

it('tells of a dead fabric router, and repairs it', async () => {
  const pid = findKeepers(name).get('fabric')?.pid ?? 0
  process.kill(pid, 'SIGKILL')
  await waitFor('its end', () => findKeepers(name).get('fabric')?.pid !== pid || undefined, { timeoutMs: 60_000 })
  expect((await labStatus(name)).fabric).toMatchObject({ ready: false, problems: ['not running'] })
  expect((await labUp({ name })).up).toBe(true)
  expect(await on('cmp1', `ping ${ping} 192.168.151.13`)).toContain(' 1 received')
})

import { expect, it } from 'vitest'
import { cablesOf, cablesWith, extraNames, hosts, hostsWith, nodesWith, segmentsWith, tunnelGatewayOf } from './topology'

/** A device name may have 15 characters; the kernel refuses longer ones only when it is too late. */
const maxDeviceName = 15

const cables = cablesWith(extraNames)
const segments = segmentsWith(extraNames)

it('gives every cable its own port and address', () => {
  expect(new Set(cables.map(({ switchPort }) => switchPort)).size).toBe(cables.length)
  expect(new Set(cables.map(({ mac }) => mac)).size).toBe(cables.length)
})

it('uses names that the kernel accepts', () => {
  const names = [...cables.flatMap(({ nic, switchPort }) => [nic, switchPort]), ...segments.map(({ bridge }) => bridge)]
  expect(names.filter((name) => name.length > maxDeviceName)).toEqual([])
})

it('puts NIC and host into the MAC address', () => {
  expect(cablesOf('cmp1').map(({ mac }) => mac)).toEqual(['02:00:00:00:37:02', '02:00:00:00:38:02', '02:00:00:00:39:02'])
  expect(cablesOf('outside').map(({ mac }) => mac)).toEqual(['02:00:00:00:00:00'])
})

it('plugs every cable into a segment that exists', () => {
  const bridges = segments.map(({ bridge }) => bridge)
  expect(cables.filter(({ bridge }) => !bridges.includes(bridge))).toEqual([])
})

it('gives every host its own tunnel address', () => {
  expect(new Set(hosts.map(({ tunnelAddress }) => tunnelAddress)).size).toBe(hosts.length)
})

it('has nothing of gateways where they are not asked for', () => {
  expect(nodesWith([])).toEqual(['wire', 'outside', 'net1', 'cmp1', 'cmp2'])
  expect(segmentsWith(['cmp3']).map(({ bridge }) => bridge)).toEqual(['sw-ens37', 'sw-ens38', 'sw-ens39'])
  expect(tunnelGatewayOf([], '192.168.150.12')).toBe(null)
})

it('puts a compute host behind the fabric router where gateways are', () => {
  const addresses = hostsWith(['gateways']).map(({ name, tunnelAddress }) => [
    name,
    tunnelAddress,
    tunnelGatewayOf(['gateways'], tunnelAddress),
    cablesOf(name, ['gateways'])[0]!.bridge,
  ])
  expect(addresses).toEqual([
    ['net1', '192.168.150.11', '192.168.150.1', 'sw-ens37'],
    ['cmp1', '192.168.150.12', '192.168.150.1', 'sw-ens37'],
    ['cmp2', '192.168.151.13', '192.168.151.1', 'sw-tunnel-2'],
    ['gw1', '192.168.150.21', '192.168.150.1', 'sw-ens37'],
    ['gw2', '192.168.150.22', '192.168.150.1', 'sw-ens37'],
  ])
})

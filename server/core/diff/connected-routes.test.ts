import { describe, expect, it } from 'vitest'
import type { HostState } from '../host/host-state'
import type { IpAddress, Route } from '../host/ip'
import { planned, stateOf } from '../testing/planned'

const device = {
  netns: '',
  name: 'br-ens37',
  type: 'ovs-internal',
  owner: { kind: 'host', id: 'aa000001-0000-4000-8000-000000000001' },
  isUp: true,
} as const
const address = (cidr: string): IpAddress => ({ netns: '', link: 'br-ens37', cidr })
const local = (source: string): Route => ({
  netns: '',
  table: 'local',
  destination: `${source}/32`,
  link: 'br-ens37',
  source,
  protocol: 'kernel',
  scope: 'host',
  type: 'local',
})
const connected: Route = {
  netns: '',
  table: 'main',
  destination: '10.0.0.0/24',
  link: 'br-ens37',
  source: '10.0.0.2',
  protocol: 'kernel',
  scope: 'link',
}
const found: HostState = stateOf({ links: [device], addresses: [address('10.0.0.2/24')], routes: [local('10.0.0.2')] })
const comes = 'route replace 10.0.0.0/24 dev br-ens37 table main proto kernel src 10.0.0.2'

describe('[DIFF-26] the route to the own network of an address', () => {
  it.each<[string, Partial<HostState>, Partial<HostState>, readonly string[]]>([
    ['comes again', {}, {}, [comes]],
    ['is there', {}, { routes: [local('10.0.0.2'), connected] }, []],
    ['is there with another address of that network', {}, { routes: [local('10.0.0.2'), { ...connected, source: '10.0.0.9' }] }, []],
    ['is there as somebody put it', {}, { routes: [local('10.0.0.2'), { ...connected, protocol: 'bird' }] }, []],
    ['has not come yet, since the address is not in force', {}, { routes: [] }, []],
    ['comes when the device is switched on', {}, { links: [{ ...device, isUp: false }] }, ['link set dev br-ens37 up']],
    ['comes with an address that is not there', {}, { addresses: [], routes: [] }, ['address replace 10.0.0.2/24 dev br-ens37']],
    ['is none where the network is the address', { addresses: [address('10.0.0.2/32')] }, { addresses: [address('10.0.0.2/32')] }, []],
  ])('%s', (_, wanted, others, lines) => {
    const desired = stateOf({ links: [device], addresses: [address('10.0.0.2/24')], ...wanted })
    expect(planned(desired, { ...found, ...others })).toEqual(lines)
  })
})

it('[DIFF-24] an address comes again that the kernel takes along with the first one of its network', () => {
  const desired = stateOf({ links: [device], addresses: [address('10.0.0.2/24')] })
  const lines = (others: readonly string[]) =>
    planned(desired, { ...found, addresses: [...others, '10.0.0.2/24'].map(address), routes: [local('10.0.0.2'), connected] })
  expect(lines(['10.0.0.9/24'])).toEqual(['address del 10.0.0.9/24 dev br-ens37', 'address replace 10.0.0.2/24 dev br-ens37'])
  expect(lines(['10.0.1.9/24', '10.0.0.9/16'])).toEqual(['address del 10.0.1.9/24 dev br-ens37', 'address del 10.0.0.9/16 dev br-ens37'])
})

it('[DIFF-24] routes and neighbours come again that the kernel takes along with the last address of a device', () => {
  const inside = { netns: 'snat-1', link: 'qg-1' }
  const qg = { ...device, netns: 'snat-1', name: 'qg-1' }
  const namespaces = [{ name: 'snat-1', owner: device.owner }]
  const routes: readonly Route[] = [
    { ...inside, table: 'main', destination: 'default', via: '10.0.0.1' },
    { ...inside, table: '16', destination: 'default', via: '10.0.0.1' },
  ]
  const neighbours = [{ ...inside, address: '10.0.0.7', macAddress: 'fa:16:3e:00:00:07' }]
  const withAddresses = (...cidrs: readonly string[]): HostState =>
    stateOf({ namespaces, links: [qg], addresses: cidrs.map((cidr) => ({ ...inside, cidr })), routes, neighbours })
  const lines = (wanted: HostState, there: HostState) => planned(wanted, there).map((line) => line.replace('snat-1: ', ''))
  const lost = [
    'address del 10.0.0.2/24 dev qg-1',
    'address replace 10.0.0.3/24 dev qg-1',
    'route replace default via 10.0.0.1 dev qg-1 table main',
    'route replace default via 10.0.0.1 dev qg-1 table 16',
    'neigh replace 10.0.0.7 lladdr fa:16:3e:00:00:07 dev qg-1 nud permanent',
  ]
  expect(lines(withAddresses('10.0.0.3/24'), withAddresses('10.0.0.2/24'))).toEqual(lost)
  expect(lines(withAddresses('10.0.0.2/24'), withAddresses('10.0.0.2/24', '10.0.0.9/32'))).toEqual(['address del 10.0.0.9/32 dev qg-1'])
})

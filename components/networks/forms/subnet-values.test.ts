import { expect, it } from 'vitest'

import { emptySubnet, subnetValues, toSubnetInput, toSubnetPatch } from './subnet-values'

it('leaves open what was left empty', () => {
  expect(toSubnetInput({ ...emptySubnet, networkId: 'n', cidr: '10.0.0.0/24' })).toEqual({
    networkId: 'n',
    name: '',
    description: '',
    cidr: '10.0.0.0/24',
    gatewayIp: undefined,
    isDhcpEnabled: true,
    dnsNameservers: [],
    allocationPools: null,
  })
})

it.each([
  ['10.0.0.10-10.0.0.99', [{ start: '10.0.0.10', end: '10.0.0.99' }]],
  [
    '10.0.0.10 - 10.0.0.20\n10.0.0.30',
    [
      { start: '10.0.0.10', end: '10.0.0.20' },
      { start: '10.0.0.30', end: '10.0.0.30' },
    ],
  ],
])('reads pools %j', (pools, allocationPools) => {
  expect(toSubnetInput({ ...emptySubnet, pools }).allocationPools).toEqual(allocationPools)
})

it('can take the gateway away', () => {
  expect(toSubnetPatch({ ...emptySubnet, hasGateway: false, gatewayIp: '10.0.0.1' }).gatewayIp).toBeNull()
})

it('an emptied gateway is the first address, with or without one before', () => {
  const subnet = { ...emptySubnet, cidr: '10.0.0.0/24' }
  expect(toSubnetPatch({ ...subnet, hasGateway: true, gatewayIp: ' ' }).gatewayIp).toBe('10.0.0.1')
  expect(toSubnetPatch({ ...subnet, hasGateway: true, gatewayIp: '10.0.0.9' }).gatewayIp).toBe('10.0.0.9')
})

it('gives back what it was given', () => {
  const subnet = {
    id: 's',
    networkId: 'n',
    name: 'web',
    cidr: '10.0.0.0/24',
    gatewayIp: '10.0.0.1',
    isDhcpEnabled: false,
    dnsNameservers: ['9.9.9.9', '1.1.1.1'],
    allocationPools: [{ start: '10.0.0.2', end: '10.0.0.254' }],
  }
  const { name, gatewayIp, isDhcpEnabled, dnsNameservers, allocationPools } = subnet
  expect(toSubnetPatch(subnetValues({ ...subnet, description: 'of the lobby' }))).toEqual({
    name,
    description: 'of the lobby',
    gatewayIp,
    isDhcpEnabled,
    dnsNameservers,
    allocationPools,
  })
})

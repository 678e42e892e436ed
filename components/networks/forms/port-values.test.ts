import { describe, expect, it } from 'vitest'

import type { ObjectOf } from '@/server/core/topology/topology'

import { emptyPort, portValues, toPortInput, toPortPatch, type PortValues } from './port-values'

const port: ObjectOf['port'] = {
  id: 'p',
  networkId: 'blue',
  name: 'vip',
  macAddress: 'fa:16:3e:00:00:01',
  fixedIps: [
    { subnetId: 's1', ipAddress: '10.0.0.5' },
    { subnetId: 's2', ipAddress: '10.0.1.5' },
  ],
  hostId: null,
  deviceOwner: '',
  deviceId: '',
  isAdminStateUp: true,
  isPortSecurityEnabled: false,
}

describe('a port in a form', () => {
  it('comes back as it was, without what is only for the form', () => {
    const { networkId: _network, id: _id, deviceOwner: _owner, deviceId: _device, ...rest } = port
    expect(toPortPatch(portValues(port))).toEqual({ ...rest, description: '' })
  })

  it('is unbound where no host is chosen', () => {
    expect(toPortPatch({ ...portValues({ ...port, hostId: 'cmp1' }), hostId: '' }).hostId).toBeNull()
  })

  it('has no address when all were taken away', () => {
    expect(toPortPatch({ ...portValues(port), fixedIps: [] }).fixedIps).toEqual([])
  })
})

describe('what filters a port, in a form', () => {
  const secured = { ...port, isPortSecurityEnabled: true, securityGroupIds: ['g1'] }
  const pair = { ipAddress: '10.0.0.100', macAddress: 'fa:16:3e:00:00:01' }
  const filter = (changes: Partial<PortValues>, of: ObjectOf['port'] = secured) => {
    const { securityGroupIds, allowedAddressPairs } = {
      securityGroupIds: undefined,
      allowedAddressPairs: undefined,
      ...toPortPatch({ ...portValues(of), ...changes }),
    }
    return { securityGroupIds, allowedAddressPairs }
  }

  it.each<[string, Partial<PortValues>, object]>([
    ['comes back as it was', {}, { securityGroupIds: ['g1'], allowedAddressPairs: [] }],
    ['may be nothing', { securityGroupIds: [] }, { securityGroupIds: [], allowedAddressPairs: [] }],
    ['goes with port security', { isPortSecurityEnabled: false }, { securityGroupIds: undefined, allowedAddressPairs: undefined }],
  ])('%s', (_, changes, expected) => expect(filter(changes)).toEqual(expected))

  it('is not chosen for a port from before there were groups', () => {
    expect(filter({}, { ...port, isPortSecurityEnabled: true }).securityGroupIds).toBeUndefined()
  })

  it('has the MAC address of the port where none is typed', () => {
    expect(filter({}, { ...secured, allowedAddressPairs: [pair] }).allowedAddressPairs).toEqual([pair])
    const typed = { key: 0, ipAddress: ' 10.0.0.100 ', macAddress: ' ' }
    expect(filter({ allowedAddressPairs: [typed] }).allowedAddressPairs).toEqual([{ ...pair, macAddress: null }])
  })
})

it.each([
  ['left empty: everything is allocated', emptyPort, { macAddress: null, hostId: null, fixedIps: null, securityGroupIds: null }],
  ['with a blank address: the lowest free one of that subnet', withAddress('  '), { fixedIps: [{ subnetId: 's1', ipAddress: null }] }],
  ['with an address', withAddress(' 10.0.0.9 '), { fixedIps: [{ subnetId: 's1', ipAddress: '10.0.0.9' }] }],
  ['with a MAC', { ...emptyPort, macAddress: ' fa:16:3e:00:00:09 ' }, { macAddress: 'fa:16:3e:00:00:09' }],
])('a new port %s', (_, values, input) => expect(toPortInput(values)).toMatchObject(input))

function withAddress(ipAddress: string) {
  return { ...emptyPort, fixedIps: [{ key: 0, subnetId: 's1', ipAddress }] }
}

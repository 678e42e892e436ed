import { describe, expect, it } from 'vitest'

import type { ObjectOf } from '@/server/core/topology/topology'

import { emptyPort, portValues, toPortInput, toPortPatch } from './port-values'

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

it.each([
  ['left empty: everything is allocated', emptyPort, { macAddress: null, hostId: null, fixedIps: null }],
  ['with a blank address: the lowest free one of that subnet', withAddress('  '), { fixedIps: [{ subnetId: 's1', ipAddress: null }] }],
  ['with an address', withAddress(' 10.0.0.9 '), { fixedIps: [{ subnetId: 's1', ipAddress: '10.0.0.9' }] }],
  ['with a MAC', { ...emptyPort, macAddress: ' fa:16:3e:00:00:09 ' }, { macAddress: 'fa:16:3e:00:00:09' }],
])('a new port %s', (_, values, input) => expect(toPortInput(values)).toMatchObject(input))

function withAddress(ipAddress: string) {
  return { ...emptyPort, fixedIps: [{ key: 0, subnetId: 's1', ipAddress }] }
}

import { expect, it } from 'vitest'

import { ids, sampleTopology } from '@/server/core/testing/sample-topology'

import { bridgeNameFor, settingsPatch, settingsValues } from './settings-form'

const [host] = sampleTopology().hosts

it('comes back as it was', () => {
  const { datapathType, virtType, tunnel, bridgeMappings } = host!
  expect(settingsPatch(settingsValues({ host: host! }))).toEqual({ datapathType, virtType, tunnel, bridgeMappings })
  expect(settingsPatch(settingsValues({ host: { ...host!, tunnel: null, bridgeMappings: [] } }))).toMatchObject({
    tunnel: null,
    bridgeMappings: [],
  })
})

it('proposes the usual prefix for a tunnel that is not there yet', () => {
  expect(settingsValues({ host: { ...host!, tunnel: null } }).tunnel).toEqual({
    hasTunnel: false,
    address: '',
    prefixLength: 24,
    nic: '',
    gatewayIp: '',
  })
})

it('gives a tunnel up with its switch, whatever the fields still say', () => {
  const values = settingsValues({ host: host! })
  expect(settingsPatch({ ...values, tunnel: { ...values.tunnel, hasTunnel: false } }).tunnel).toBeNull()
})

it('sends a prefix that the server refuses where none is given', () => {
  const values = settingsValues({ host: host! })
  expect(settingsPatch({ ...values, tunnel: { ...values.tunnel, prefixLength: null } }).tunnel).toMatchObject({ prefixLength: 0 })
})

it('keeps the keys of rows for itself', () => {
  const values = { ...settingsValues({ host: host! }), mappings: [{ key: 7, physicalNetworkId: ids.physnet, bridge: 'br-x', nic: 'x' }] }
  expect(settingsPatch(values).bridgeMappings).toEqual([{ physicalNetworkId: ids.physnet, bridge: 'br-x', nic: 'x' }])
})

it.each([
  ['ens38', 'br-ens38'],
  ['', ''],
])('a bridge for NIC "%s" is "%s"', (nic, bridge) => expect(bridgeNameFor(nic)).toBe(bridge))

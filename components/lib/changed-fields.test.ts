// Two operators edit one object, each from the form that they opened: what one form sends, put into the design as the other one
// left it.

import { describe, expect, it } from 'vitest'
import { explainViolation } from '@/server/core/explain/violation'

import { placeValues, toPlace } from '@/components/hosts/place-form'
import { settingsPatch, settingsValues } from '@/components/hosts/settings-form'
import { portValues, toPortPatch } from '@/components/networks/forms/port-values'
import { subnetValues, toSubnetPatch } from '@/components/networks/forms/subnet-values'
import { updateHost } from '@/server/core/topology/kinds/host/host-edits'
import { updateSubnet } from '@/server/core/topology/kinds/subnet/subnet-edits'
import { makeSample } from '@/server/core/topology/testing/sample'

import { changedFields, changedSince } from './changed-fields'

it('sends what was changed, and what it was', () => {
  const before = { name: 'a', mtu: 1500, pools: [{ start: '1', end: '2' }], hostId: null as string | null }
  expect(changedFields(before, { ...before, mtu: 1400 })).toEqual({ mtu: 1400 })
  expect(changedSince(before, { ...before, hostId: 'h', pools: [] })).toEqual({
    hostId: 'h',
    pools: [],
    seen: { hostId: null, pools: before.pools },
  })
  expect(changedSince(before, { ...before, pools: [{ end: '2', start: '1' }] })).toEqual({ seen: {} })
})

function openForms() {
  const { draft, cmp1, blueSubnet, physnet1 } = makeSample()
  const host = () => draft.topology.hosts.find(({ id }) => id === cmp1)!
  const subnet = () => draft.topology.subnets.find(({ id }) => id === blueSubnet)!
  const wiring = settingsValues({ host: host() })
  return { draft, cmp1, physnet1, host, subnet, place: placeValues(host()), wiring, addressing: subnetValues(subnet()) }
}

it('a form in which nothing was changed sends nothing', () => {
  const { draft, place, wiring, addressing } = openForms()
  const [port] = draft.topology.ports
  const empty = { seen: {} }
  expect(changedSince(toPlace(place), toPlace({ ...place }))).toEqual(empty)
  expect(changedSince(settingsPatch(wiring), settingsPatch({ ...wiring }))).toEqual(empty)
  expect(changedSince(toSubnetPatch(addressing), toSubnetPatch({ ...addressing }))).toEqual(empty)
  expect(changedSince(toPortPatch(portValues(port!)), toPortPatch(portValues(port!)))).toEqual(empty)
})

describe('what the other one did meanwhile', () => {
  it('stays: a host made read-only is not writable again for a new zone', () => {
    const { draft, cmp1, host, place } = openForms()
    draft.make(updateHost(cmp1, { isReadOnly: true }, draft.ids))
    draft.make(updateHost(cmp1, changedSince(toPlace(place), toPlace({ ...place, availabilityZone: 'rack-2' })), draft.ids))
    expect(host()).toMatchObject({ isReadOnly: true, availabilityZone: 'rack-2' })
  })

  it('stays: a mapping that was added is not taken away by choosing QEMU', () => {
    const { draft, cmp1, physnet1, host, wiring } = openForms()
    const physnet2 = draft.physicalNetwork({ name: 'physnet2' })
    const bridgeMappings = [...host().bridgeMappings, { physicalNetworkId: physnet2, bridge: 'br-ens39', nic: 'ens39' }]
    draft.make(updateHost(cmp1, { bridgeMappings }, draft.ids))
    draft.make(updateHost(cmp1, changedSince(settingsPatch(wiring), settingsPatch({ ...wiring, virtType: 'qemu' })), draft.ids))
    expect(host()).toMatchObject({ virtType: 'qemu', bridgeMappings })

    const renamed = [{ key: 0, physicalNetworkId: physnet1, bridge: 'br-ex', nic: 'ens38' }]
    const late = updateHost(cmp1, changedSince(settingsPatch(wiring), settingsPatch({ ...wiring, mappings: renamed })), draft.ids)
    const [violation] = draft.violations(late)
    expect(violation).toMatchObject({ code: 'conflict', rule: 'changed-meanwhile', field: 'bridgeMappings' })
    expect(explainViolation(violation!)).toBe(
      'Somebody else has changed this meanwhile: bridge mappings was physnet1: br-ens38 with ens38, and is physnet1: br-ens38 with ens38, physnet2: br-ens39 with ens39 now. Start again from what is there now.',
    )
  })

  it('is no conflict when both wanted the same', () => {
    const { draft, subnet, addressing } = openForms()
    const pools = '10.0.1.50-10.0.1.60'
    const mine = changedSince(toSubnetPatch(addressing), toSubnetPatch({ ...addressing, isDhcpEnabled: false, pools }))
    draft.make(updateSubnet(subnet().id, { isDhcpEnabled: false }, draft.ids))
    expect(draft.violations(updateSubnet(subnet().id, mine, draft.ids)).map(({ rule }) => rule)).not.toContain('changed-meanwhile')
  })
})

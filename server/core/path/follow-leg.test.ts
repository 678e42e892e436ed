// What a walk over the readings finds on the hops of a path: drops that no check of a hop looks for, and what nobody can tell.

import { describe, expect, it } from 'vitest'
import { topologyFromObservations } from '../found/found-topology'
import type { HostState } from '../host/host-state'
import { qbrName, tapName } from '../naming'
import { loadNeutronCloud } from '../parse/fixtures/load-neutron-cloud'
import { computePath } from './compute-path'
import { isPath } from './is-path'
import { computeObservedPath } from './observed-path'
import type { NoPath, Path } from './path'
import { Cloud, ports } from './testing/cloud'
import { toldPath, type ToldPath } from '../testing/told'

const drawn = (path: Path | NoPath): ToldPath => {
  if (!isPath(path)) throw new Error(path.code)
  return toldPath(path)
}
const draw = (cloud: Cloud): ToldPath => drawn(computePath(cloud.input, ports.web1, ports.web2))
const marks = ({ forth }: ToldPath) => forth.hops.filter(({ host, role }) => host !== 'agrees' && role !== 'wire').map(({ place: { device }, host, finding }) => [device, host, finding])

const rule = `-m physdev --physdev-out ${tapName(ports.web2)} --physdev-is-bridged -j DROP`
const filtering: Partial<HostState> = { iptables: [{ netns: '', family: 'ipv4', table: 'filter', chain: 'FORWARD', policy: 'ACCEPT', rules: [rule] }] }
const bridgeFilter = (value: string) => ({ netns: '', key: 'net/bridge/bridge-nf-call-iptables', value })
const withState = (state: Partial<HostState>): Cloud => {
  const cloud = new Cloud({ type: 'vxlan' })
  cloud.states.cmp2 = { ...cloud.states.cmp2, ...state }
  return cloud
}

describe('a rule of iptables on a qbr that drops everything to the VM', () => {
  it('is found on the qbr, with its chain, its place and its text', () => {
    const path = draw(withState({ ...filtering, sysctls: [bridgeFilter('1')] }))
    expect(marks(path)).toEqual([[qbrName(ports.web2), 'differs', `Frames of web1 end here: filter chain FORWARD, rule 1 drops: ${rule}`]])
    expect(path.verdict?.sentence).toContain('rule 1 drops')
  })

  it('does nothing where bridged frames do not meet iptables', () => {
    expect(marks(draw(withState({ ...filtering, sysctls: [bridgeFilter('0')] })))).toEqual([])
  })

  it('is no certainty where nobody read whether they do', () => {
    expect(marks(draw(withState(filtering))).map(([device, host, finding]) => [device, host, finding])).toEqual([[qbrName(ports.web2), 'unchecked', null]])
  })
})

it('in a real cloud leaves the qbr of that VM unchecked, and accuses no other hop', () => {
  const observations = loadNeutronCloud('25-firewall')
  const { ports: found } = topologyFromObservations([...observations.values()])
  const [source, destination] = ['f4513237', '7668b6f4'].map((start) => found.find(({ id }) => id.startsWith(start))!.id)
  const path = drawn(computeObservedPath(observations, source!, destination!))
  expect(path.verdict).toBeNull()
  expect(path.forth.hops.find(({ place: { device } }) => device === 'qbr7668b6f4-2d')?.host).toBe('unchecked')
})

it.each(['flat', 'vlan', 'vxlan'] as const)('%s: packets that arrive leave every hop as it was', (type) => {
  const path = draw(new Cloud({ type, datapathType: 'netdev' }))
  expect([path.verdict, marks(path)]).toEqual([null, []])
})

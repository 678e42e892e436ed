// What a walk over the readings finds on the hops of a path: drops that no check of a hop looks for, and what nobody can tell.

import { describe, expect, it } from 'vitest'
import { topologyFromObservations } from '../found/found-topology'
import type { HostState } from '../host/host-state'
import { qbrName, qvbName, qvoName, tapName } from '../naming'
import { loadNeutronCloud } from '../parse/fixtures/load-neutron-cloud'
import { computePath } from './compute-path'
import { isPath } from './is-path'
import { computeObservedPath } from './testing/observed-path'
import type { NoPath, Path } from './path'
import { Cloud, localVlan, macs, ports } from './testing/cloud'
import { explainedPath, type ExplainedPath } from '../testing/explained'

const drawn = (path: Path | NoPath): ExplainedPath => {
  if (!isPath(path)) throw new Error(path.code)
  return explainedPath(path)
}
const draw = (cloud: Cloud): ExplainedPath => drawn(computePath(cloud.input, ports.web1, ports.web2))
const marks = ({ forth }: ExplainedPath) =>
  forth.hops
    .filter(({ host, role }) => host !== 'agrees' && role !== 'wire')
    .map(({ place: { device }, host, finding }) => [device, host, finding])

const rule = `-m physdev --physdev-out ${tapName(ports.web2)} --physdev-is-bridged -j DROP`
const filtering: Partial<HostState> = {
  iptables: [{ netns: '', family: 'ipv4', table: 'filter', chain: 'FORWARD', policy: 'ACCEPT', rules: [rule] }],
}
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
    expect(marks(draw(withState(filtering))).map(([device, host, finding]) => [device, host, finding])).toEqual([
      [qbrName(ports.web2), 'unchecked', null],
    ])
  })
})

describe('a bridge sends them elsewhere', () => {
  const [qvo2, qbr2, qvb2, tap2] = [qvoName(ports.web2), qbrName(ports.web2), qvbName(ports.web2), tapName(ports.web2)]
  const back = 'would send them back by the port they came by'
  const flag = (port: string, name: string) => ({ portFlags: { 'br-int': [{ port, flags: [name] }] } })
  const learned = (vlan: number, port: string) => ({ ovsMacs: { 'br-int': [{ port, vlan, macAddress: macs.web2 }] } })
  const ofBridge = (port: string) => ({
    bridgeMacs: [{ netns: '', bridge: qbr2, port, macAddress: macs.web2, vlan: null, isLocal: false }],
  })
  it.each<[string, HostState['learned'], string, string]>([
    [
      'by a flag of the port',
      flag(qvo2, 'NO_FWD'),
      'br-int',
      `br-int sends frames of web1 to int-br-ens38, not to ${qvo2}: ${qvo2} of br-int has the flag NO_FWD (ovs-ofctl mod-port)`,
    ],
    ['by a flag that matters to a flood', flag(qvo2, 'NO_FLOOD'), 'br-int', `br-int sends frames of web1 to int-br-ens38, not to ${qvo2}`],
    [
      'by a flag of the port they come by',
      flag('patch-tun', 'NO_RECV'),
      'br-int',
      'Frames of web1 end here: patch-tun of br-int has the flag NO_RECV (ovs-ofctl mod-port)',
    ],
    [
      'as it learned',
      learned(localVlan.cmp2, 'int-br-ens38'),
      'br-int',
      `br-int sends frames of web1 to int-br-ens38, not to ${qvo2}: the MAC was learned there`,
    ],
    ['as it learned of the port they come by', learned(localVlan.cmp2, 'patch-tun'), 'br-int', `Frames of web1 end here: br-int ${back}`],
    ['as a Linux bridge learned', ofBridge(qvb2), qbr2, `Frames of web1 end here: ${qbr2} ${back}`],
  ])('%s', (_, of, device, words) => expect(marks(draw(withState({ learned: of })))).toEqual([[device, 'differs', words]]))
  it.each<[string, HostState['learned']]>([
    ['a MAC in another VLAN', learned(99, 'int-br-ens38')],
    ['a MAC where it is', ofBridge(tap2)],
    ['a flag of another port', flag('int-br-ens38', 'NO_FWD')],
  ])('and not for what does not matter: %s', (_, of) => expect(marks(draw(withState({ learned: of })))).toEqual([]))
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

import { expect, it } from 'vitest'
import { compileHost } from '../compile/compile'
import { diffHost } from '../diff/host-diff'
import { emptyHostState, type HostState } from '../host/host-state'
import { renderSteps } from '../render/render-steps'
import { ids, sampleTopology, type SampleOptions } from '../testing/sample-topology'
import { toolsOf } from './tools'

const known = [
  'ip',
  'ovs-vsctl',
  'ovs-ofctl',
  'ovs-appctl',
  'virsh',
  'dnsmasq',
  'iptables',
  'ip6tables',
  'tcpdump',
  'ethtool',
  'bridge',
  'ebtables-nft-restore',
  'sysctl',
]
const tools = (desired: HostState, observed: HostState) =>
  [...toolsOf(renderSteps(diffHost(desired, observed), 'host'), (name) => known.includes(name))].sort()
const stateOf = (host: number, options: SampleOptions = {}) => compileHost(sampleTopology(options), ids.host(host))

it.each<[string, HostState, readonly string[]]>([
  ['a compute host', stateOf(2), ['ethtool', 'ip', 'ovs-ofctl', 'ovs-vsctl', 'sysctl', 'virsh']],
  ['on the kernel datapath', stateOf(2, { datapathType: 'system' }), ['ip', 'ovs-ofctl', 'ovs-vsctl', 'sysctl', 'virsh']],
  ['a network host', stateOf(1), ['dnsmasq', 'ip', 'iptables', 'ovs-ofctl', 'ovs-vsctl']],
  ['a Linux bridge host', stateOf(2, { linuxBridge: [2] }), ['bridge', 'ebtables-nft-restore', 'ip', 'sysctl', 'virsh']],
])('[PLAN-6] %s', (_, state, wanted) => {
  expect(tools(state, emptyHostState)).toEqual(wanted)
})

it('[PLAN-6] asks also for what a change or a removal starts, and for nothing more', () => {
  const state = stateOf(2)
  expect(tools(emptyHostState, state)).toEqual(['ip', 'ovs-vsctl', 'virsh'])
  const retagged = { ...state, ovsPorts: state.ovsPorts.map((port) => (port.name.startsWith('qvo') ? { ...port, tag: 77 } : port)) }
  expect(tools(state, retagged)).toEqual(['ovs-vsctl'])
  expect(tools(state, { ...state, flows: state.flows.slice(1) })).toEqual(['ovs-ofctl'])
  expect(tools(emptyHostState, stateOf(1))).toEqual(['ip', 'ovs-vsctl'])
  expect(tools(state, state)).toEqual([])
})

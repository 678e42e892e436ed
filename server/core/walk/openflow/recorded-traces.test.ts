// Our computation against every `ofproto/trace` that was recorded, on a real Neutron host and on a switch that was filled by hand: table by
// table and bridge by bridge, with the MAC tables that were there then. None may end in "cannot tell".

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadNeutron21, readNeutron21 } from '../../parse/fixtures/load-neutron-21'
import { parseHostRead } from '../../parse/host-read'
import { parseFdbShow } from '../../parse/ovs/fdb'
import { portNamesByBridge } from '../../parse/ovs/ovs-state'
import { BROADCAST_MAC, arpRequest, echoRequest, type Frame, type Transport } from '../frame'
import { buildSwitch } from './switch'
import { flowOf } from './testing/switch-of'
import { traceSwitch, type SwitchEntry } from './trace-switch'
import type { BridgeVisit } from './visit'

const { state } = loadNeutron21('h1')
const names = portNamesByBridge(state.ovsPorts)
const macsOf = (bridge: string) =>
  parseFdbShow(readNeutron21(`h1/of/${bridge}.fdb.txt`)).value.map(({ port, vlan, macAddress }) => ({
    port: names.get(bridge)?.get(Number(port)) ?? port,
    vlan,
    macAddress,
  }))
const sw = buildSwitch({
  bridges: state.ovsBridges,
  ports: state.ovsPorts,
  flows: state.flows,
  groups: Object.fromEntries(state.ovsBridges.map(({ name }) => [name, []])),
  ovsMacs: Object.fromEntries(['br-int', 'br-tun', 'br-ex', 'br-tunnel-if'].map((bridge) => [bridge, macsOf(bridge)])),
  unreadFlows: () => null,
})

const vm1 = { mac: 'fa:16:3e:5e:1a:6f', ip: '10.0.1.11' }
const vm2 = { mac: 'fa:16:3e:da:ec:c3', ip: '10.0.1.12' }
const fromVm = (frame: Frame): SwitchEntry => ({ bridge: 'br-int', port: 'qvof4513237-f5', frame })
const fromTunnel: SwitchEntry = {
  bridge: 'br-tun',
  port: 'vxlan-0a62000c',
  frame: echoRequest(vm2, vm1),
  tunnel: { tunnelId: 1507, source: '10.98.0.12', destination: '10.98.0.11' },
}

/** `bridge table/priority` in the order of events; a native tunnel's way through the underlay bridge is not the switch's here. */
const recorded = (file: string): string[] => stepsOf(readNeutron21(`h1/${file}`))

/** A bridge stands to the right of the step that leads to it, and what is to the left of a bridge again is of the one before. */
function stepsOf(trace: string): string[] {
  const bridges: { readonly name: string; readonly indent: number }[] = []
  const closeTo = (indent: number) => bridges.splice(0, Infinity, ...bridges.filter((bridge) => bridge.indent <= indent))
  return trace.split('\n').flatMap((line) => {
    const [, beforeName = '', name] = /^( *)bridge\("([^"]+)"\)$/.exec(line) ?? []
    if (name !== undefined) {
      closeTo(beforeName.length - 1)
      bridges.push({ name, indent: beforeName.length })
    }
    const [, before = '', table = '', priority] = STEP.exec(line) ?? []
    // Numbers of tables are right-aligned in two columns.
    closeTo(table === '' ? Infinity : before.length + table.length - 2)
    const bridge = bridges.at(-1)?.name
    if (table === '' || bridge === 'br-tunnel-if') return []
    return [priority === undefined ? `${bridge} ${table} miss` : `${bridge} ${table}/${priority}`]
  })
}

/** ` 0. in_port="qvof4513237-f5", priority 9, cookie 0xedc3794cdd1aa5a`, or `72. No match.` */
const STEP = /^( *)(\d{1,3})\. (?:No match\.|(?:.*, )?priority (\d{1,5})(?:,.*)?)$/

function walked(visit: BridgeVisit): string[] {
  const own = visit.causes.flatMap((cause) => {
    if (cause.kind === 'table-miss') return [`${visit.bridge} ${cause.table} miss`]
    return cause.kind === 'flow' ? [cause.ref.split('/').slice(0, 3).join('/').replace('/', ' ')] : []
  })
  return [...own, ...visit.outputs.flatMap((output) => (output.visit ? walked(output.visit) : []))]
}

const leaving = (visit: BridgeVisit): string[] =>
  visit.outputs.flatMap((output) =>
    output.visit
      ? leaving(output.visit)
      : [`${visit.bridge}/${output.port} ${output.frame.vlans.map((tag) => tag.vlanId).join() || 'untagged'}`],
  )

describe('as ofproto/trace on a real Neutron host', () => {
  it.each<[string, SwitchEntry, string[]]>([
    ['trace-unicast.txt', fromVm(echoRequest(vm1, vm2)), ['br-tun/vxlan-0a62000c untagged']],
    ['trace-arp-request.txt', fromVm(arpRequest(vm1, vm2.ip)), ['br-int/LOCAL 1', 'br-int/qvof4513237-f5 untagged']],
    ['trace-spoofed-arp.txt', fromVm(arpRequest({ mac: vm1.mac, ip: '10.0.1.77' }, vm2.ip)), []],
    ['trace-spoofed-mac.txt', fromVm(echoRequest({ mac: '02:00:00:00:00:99', ip: vm1.ip }, vm2)), []],
    ['trace-from-tunnel.txt', fromTunnel, ['br-int/qvof4513237-f5 untagged']],
  ])('%s', (file, entry, outputs) => {
    const visit = traceSwitch(sw, entry)
    expect(walked(visit).sort()).toEqual(recorded(file).sort())
    expect(visit.end?.kind).not.toBe('unknown')
    expect(leaving(visit).sort()).toEqual(outputs)
  })

  it('gives a tunnelled frame its key and both ends', () => {
    const [patch] = traceSwitch(sw, fromVm(echoRequest(vm1, vm2))).outputs
    expect(patch?.visit?.outputs).toMatchObject([
      { port: 'vxlan-0a62000c', tunnel: { tunnelId: 1507, source: '10.98.0.11', destination: '10.98.0.12' } },
    ])
  })

  it('answers ARP by the port it came by, with the rewritten frame', () => {
    const visit = traceSwitch(sw, {
      bridge: 'br-tun',
      port: 'patch-int',
      frame: { ...arpRequest(vm1, vm2.ip), vlans: [{ tpid: 0x8100, vlanId: 1, pcp: 0 }] },
    })
    const [answer] = visit.outputs
    expect(answer?.port).toBe('patch-int')
    expect(answer?.frame).toEqual({
      sourceMac: vm2.mac,
      destinationMac: vm1.mac,
      vlans: [{ tpid: 0x8100, vlanId: 1, pcp: 0 }],
      payload: { kind: 'arp', operation: 2, senderMac: vm2.mac, senderIp: vm2.ip, targetMac: vm1.mac, targetIp: vm1.ip },
    })
    expect(visit.in.destinationMac).toBe(BROADCAST_MAC)
  })

  it('says where and why it ends', () => {
    expect(traceSwitch(sw, fromVm(echoRequest({ mac: '02:00:00:00:00:99', ip: vm1.ip }, vm2))).end).toEqual({
      kind: 'dropped', code: 'no-flow', params: { bridge: 'br-int', table: 25 },
    }) // prettier-ignore
    expect(traceSwitch(sw, fromVm(arpRequest({ mac: vm1.mac, ip: '10.0.1.77' }, vm2.ip))).end).toEqual({
      kind: 'dropped', code: 'flow-drops', params: { bridge: 'br-int', table: 24, flow: 'br-int/24/0/' },
    }) // prettier-ignore
  })
})

it('no recorded trace is left out', () => {
  const source = readFileSync(new URL(import.meta.url), 'utf8')
  const files = readdirSync(new URL('../../parse/fixtures/', import.meta.url), { recursive: true }).map(String)
  const traces = files.flatMap((file) => /(?:^|\/)(trace-[^/]+\.txt)$/.exec(file)?.[1] ?? [])
  expect(traces.length).toBeGreaterThan(0)
  expect(traces.filter((file) => !source.includes(`'${file}'`))).toEqual([])
})

describe('as ofproto/trace on a switch that was filled by hand', () => {
  const folder = new URL('../../parse/fixtures/ovs-3.1/', import.meta.url)
  const readFixture = (file: string) => readFileSync(new URL(file, folder), 'utf8')
  const nonce = '5f1c0e1a-7a43-4d0e-9c55-2f61b1a7c001'
  const read = parseHostRead({ hostId: 'h', observedAt: '', durationMs: 0, nonce, text: readFixture('host-read.txt') }).state
  const noMacs = Object.fromEntries(read.ovsBridges.map(({ name }) => [name, []]))
  /** One trace names a flow that was there for it alone. */
  const forTrace = flowOf('br-int', 'table=0,priority=60000,udp,actions=resubmit(,61),ct(table=72)')
  const handMade = buildSwitch({
    bridges: read.ovsBridges,
    ports: read.ovsPorts,
    flows: [...read.flows, forTrace],
    groups: noMacs,
    ovsMacs: noMacs,
    unreadFlows: () => null,
  })
  const broadcast = (protocol: number, transport: Transport): Frame => ({
    sourceMac: vm1.mac,
    destinationMac: BROADCAST_MAC,
    vlans: [],
    payload: { kind: 'ipv4', source: '0.0.0.0', destination: '0.0.0.0', ttl: 0, tos: 0, protocol, fragment: 'none', transport },
  })
  const vlans = [{ tpid: 0x8100, vlanId: 1, pcp: 0 }]
  const toTunnel: Frame = { sourceMac: vm2.mac, destinationMac: vm2.mac, vlans, payload: { kind: 'other', etherType: 0 } }

  it.each<[string, SwitchEntry]>([
    ['trace-flood.txt', fromVm(broadcast(6, { kind: 'tcp', sourcePort: 0, destinationPort: 0, flags: 0 }))],
    ['trace-conntrack.txt', fromVm(broadcast(17, { kind: 'udp', sourcePort: 0, destinationPort: 0 }))],
    ['trace-no-tunnel-route.txt', { bridge: 'br-tun', port: 'patch-int', frame: toTunnel }],
  ])('%s', (file, entry) => {
    const visit = traceSwitch(handMade, entry)
    expect(walked(visit).sort()).toEqual(stepsOf(readFixture(file)).sort())
    expect(visit.end?.kind).not.toBe('unknown')
  })
})

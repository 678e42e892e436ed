import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { explainUnparsed } from '../../explain/unparsed'
import { parseFdbShow } from './fdb'
import { parseGroups } from './groups'
import { parsePortsDesc } from './ofctl-ports'
import { buildOvsState } from '../testing/parse-parts'
import { portNamesByBridge } from './ovs-state'
import { parseOvsdbTable, parseOvsdbTables, type OvsdbTable } from './ovsdb-table'
import { mapOf, numberOf, setOf, textOf } from './ovsdb-value'

const fixture = (path: string) => readFileSync(new URL(`../fixtures/${path}`, import.meta.url), 'utf8')
const uuid = (digit: number) => ['uuid', `00000000-0000-4000-8000-00000000000${digit}`]
const PORT = 'f4513237-f571-4e9e-a454-cd5927cdb9df'

describe('OVSDB values', () => {
  it('reads sets, maps, atoms and what is not there', () => {
    expect(setOf(['set', ['a', uuid(1)]])).toEqual(['a', uuid(1)[1]])
    expect(setOf('one')).toEqual(['one'])
    expect(setOf(undefined)).toEqual([])
    expect(
      mapOf([
        'map',
        [
          ['a', 'b'],
          ['n', 3],
        ],
      ]),
    ).toEqual({ a: 'b', n: '3' })
    expect(textOf(['set', []])).toBeNull()
    expect(numberOf(4095)).toBe(4095)
    expect(numberOf('4095')).toBeNull()
  })

  it('a hostile map makes a plain object', () => {
    const map = mapOf(['map', [['__proto__', 'x'], ['constructor', 'y'], [['deep'], 'z'], 'nothing']])
    expect(Object.getPrototypeOf(map)).toBe(Object.prototype)
    expect(Object.keys(map)).toEqual(['__proto__', 'constructor'])
  })
})

describe('OVSDB tables', () => {
  it.each([
    ['no JSON', 'ovs-vsctl: unix:db.sock: database connection failed'],
    ['no table', '{"data":1}'],
    ['a short row', '{"headings":["a","b"],"data":[["x"]]}'],
  ])('%s is Unparsed', (_, text) => {
    expect(parseOvsdbTable(text).ok).toBe(false)
    expect(parseOvsdbTables(text, 's').unparsed).toHaveLength(1)
  })

  const table = (headings: string[], ...data: unknown[][]): OvsdbTable => {
    const result = parseOvsdbTable(JSON.stringify({ headings, data }))
    if (!result.ok) throw new Error(explainUnparsed(result.error.reason))
    return result.value
  }
  it('names columns of a bridge that are set and not looked at', () => {
    const columns = ['_uuid', 'name', 'datapath_type', 'stp_enable', 'rstp_enable', 'mcast_snooping_enable', 'mirrors', 'flood_vlans']
    const { bridges } = buildOvsState([
      table(
        columns,
        [uuid(1), 'br-a', '', false, false, true, uuid(2), ['set', []]],
        [uuid(3), 'br-b', '', false, false, false, ['set', []], ['set', []]],
        [uuid(4), 'br-c', '', true, true, false, ['set', []], 0],
      ),
    ]).value
    expect(bridges.map(({ unmodelled }) => unmodelled)).toEqual([
      ['mcast_snooping_enable', 'mirrors'],
      undefined,
      ['stp_enable', 'rstp_enable', 'flood_vlans'],
    ])
  })

  const tables = [
    table(['_uuid', 'name', 'datapath_type', 'fail_mode', 'protocols', 'other_config', 'external_ids', 'controller', 'ports'], [
      uuid(1), 'br-int', 'system', 'secure', ['set', ['OpenFlow10', 'OpenFlow14']], ['map', []], ['map', [['tapline', `port/${PORT}`]]], uuid(9), ['set', [uuid(2), uuid(3), uuid(8)]],
    ]), // prettier-ignore
    table(['_uuid', 'name', 'tag', 'vlan_mode', 'trunks', 'cvlans', 'protected', 'other_config', 'external_ids', 'interfaces'],
      [uuid(2), 'qvo1', 3, ['set', []], ['set', []], ['set', []], false, ['map', [['tag', '3']]], ['map', [['tapline', `port/${PORT}`]]], uuid(4)],
      [uuid(3), 'bond0', ['set', []], 'trunk', 4095, ['set', [7, 8]], true, ['map', []], ['map', []], ['set', [uuid(5), uuid(6)]]],
    ), // prettier-ignore
    table(['_uuid', 'name', 'type', 'options', 'external_ids', 'mac_in_use', 'mtu_request', 'ofport', 'error', 'link_state', 'statistics'],
      [uuid(4), 'qvo1', '', ['map', []], ['map', [['iface-id', PORT]]], 'fa:16:3e:00:00:01', ['set', []], 7, ['set', []], 'up', ['map', [['rx_packets', 5]]]],
      [uuid(5), 'eth1', '', ['map', []], ['map', []], ['set', []], 1400, -1, 'could not open', ['set', []], ['map', []]],
      [uuid(6), 'eth2', 'internal', ['map', []], ['map', []], ['set', []], ['set', []], ['set', []], ['set', []], ['set', []], ['map', []]],
    ), // prettier-ignore
    table(['_uuid', 'target'], [uuid(9), 'tcp:127.0.0.1:6633']),
    table(['ovs_version', 'datapath_types'], ['3.1.0', ['set', ['netdev', 'system']]]),
  ]

  it('become bridges and ports', () => {
    const { value, unparsed } = buildOvsState(tables)
    expect(value).toMatchObject({ version: '3.1.0', datapathTypes: ['netdev', 'system'], internalNames: new Set(['eth2']) })
    expect(value.bridges).toEqual([
      {
        name: 'br-int',
        owner: { kind: 'port', id: PORT },
        datapathType: '',
        failMode: 'secure',
        protocols: ['OpenFlow10', 'OpenFlow14'],
        otherConfig: {},
        externalIds: { tapline: `port/${PORT}` },
        controllers: ['tcp:127.0.0.1:6633'],
        hasOwnPort: false,
      },
    ])
    expect(value.ports).toEqual([
      {
        bridge: 'br-int', name: 'qvo1', owner: { kind: 'port', id: PORT }, tag: 3, vlanMode: null, trunks: [], otherConfig: { tag: '3' }, externalIds: { tapline: `port/${PORT}` },
        interface: { type: '', options: {}, externalIds: { 'iface-id': PORT }, macInUse: 'fa:16:3e:00:00:01', mtuRequest: null, ofport: 7, error: null, linkState: 'up', statistics: { rx_packets: 5 } },
      },
      {
        bridge: 'br-int', name: 'bond0', owner: null, tag: null, vlanMode: 'trunk', trunks: [4095], cvlans: [7, 8], isProtected: true, otherConfig: {}, externalIds: {},
        interface: { type: '', options: {}, externalIds: {}, macInUse: null, mtuRequest: 1400, ofport: -1, error: 'could not open', linkState: null, statistics: {} },
        members: [{ name: 'eth1', ofport: -1 }, { name: 'eth2', ofport: null }],
      },
    ]) // prettier-ignore
    expect(unparsed.map(({ reason }) => explainUnparsed(reason))).toEqual(['A bridge names a port without row or interface'])
    expect(portNamesByBridge(value.ports)).toEqual(new Map([['br-int', new Map([[7, 'qvo1']])]]))
    const bond = {
      ...value.ports[1]!,
      members: [
        { name: 'eth1', ofport: 3 },
        { name: 'eth2', ofport: 4 },
      ],
    }
    expect(portNamesByBridge([bond])).toEqual(
      new Map([
        [
          'br-int',
          new Map([
            [3, 'eth1'],
            [4, 'eth2'],
          ]),
        ],
      ]),
    )
  })
})

describe('ovs-ofctl and ovs-appctl text', () => {
  it('ports', () => {
    const ports = parsePortsDesc(fixture('ovs-3.1/br-tun.show.txt'))
    expect(ports.unparsed).toEqual([])
    expect(ports.value.map(({ number, name, config, state }) => [number, name, config, state])).toEqual([
      ['1', 'patch-int', [], ['LIVE']],
      ['2', 'vxlan-0a62000c', [], ['LIVE']],
      ['3', 'vxlan-0a62000d', [], ['LIVE']],
      ['LOCAL', 'br-tun', ['PORT_DOWN'], ['LINK_DOWN']],
    ])
  })

  it('groups', () => {
    expect(parseGroups(' group_id=1,type=select,bucket=actions=output:1,bucket=weight:5,actions=output:2')).toEqual({
      value: [{ groupId: 1, type: 'select', buckets: ['actions=output:1', 'weight:5,actions=output:2'] }],
      unparsed: [],
    })
  })

  it('learned addresses', () => {
    expect(
      parseFdbShow(
        ' port  VLAN  MAC                Age\n    3     1  fa:16:3e:da:ec:c3    2\nLOCAL     0  a6:37:89:f5:8c:4f    static\nnonsense',
      ),
    ).toMatchObject({
      value: [
        { port: '3', vlan: 1, macAddress: 'fa:16:3e:da:ec:c3', ageS: 2 },
        { port: 'LOCAL', vlan: 0, macAddress: 'a6:37:89:f5:8c:4f', ageS: null },
      ],
      unparsed: [{ text: 'nonsense' }],
    })
  })
})

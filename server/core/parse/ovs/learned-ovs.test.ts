import { describe, expect, it } from 'vitest'
import { MAX_LEARNED_BYTES } from '../read-script'
import { parseOpenflowGroups, parseOvsMacs, parsePortFlags } from './learned-ovs'

const ports = new Map([
  [2, 'tap2'],
  [3, 'tap3'],
])

describe('what Open vSwitch learned', () => {
  it('names the port of a MAC', () => {
    const text = ' port  VLAN  MAC                Age\n    3     1  fa:16:3e:00:00:02    2\nLOCAL     0  fa:16:3e:00:00:01    static\n'
    expect(parseOvsMacs(text, ports, 'ovs-macs br-int').value).toEqual([
      { port: 'tap3', vlan: 1, macAddress: 'fa:16:3e:00:00:02' },
      { port: 'LOCAL', vlan: 0, macAddress: 'fa:16:3e:00:00:01' },
    ])
  })
  it('names the ports that have flags', () => {
    const text =
      'OFPST_PORT_DESC reply (xid=0x2):\n 3(tap3): addr:fa:16:3e:00:00:02\n     config:     PORT_DOWN NO_RECV NO_FLOOD\n LOCAL(br-int): addr:fa:16:3e:00:00:01\n     config:     NO_FWD\n 2(tap2): addr:fa:16:3e:00:00:03\n     config:     PORT_DOWN\n'
    expect(parsePortFlags(text, ports, 'port-flags br-int')).toEqual({
      value: [
        { port: 'tap3', flags: ['NO_RECV', 'NO_FLOOD'] },
        { port: 'LOCAL', flags: ['NO_FWD'] },
      ],
      unparsed: [],
    })
    expect(parsePortFlags('', ports, 'port-flags br-int').value).toBeNull()
    expect(parsePortFlags(`${text}rain\n`, ports, 'port-flags br-int').value).toBeNull()
  })
  it('reads groups with canonical actions; a weight that is left out is 1', () => {
    const text = `OFPST_GROUP_DESC reply (OF1.4) (xid=0x2):
 group_id=1,type=select,bucket=weight:3,actions=output:2,bucket=actions=set_field:10.0.0.1->ip_src,output:3
 group_id=2,type=ff,bucket=watch_port:2,actions=output:2`
    expect(parseOpenflowGroups(text, ports, 'groups br-int').value).toEqual([
      {
        id: 1,
        type: 'select',
        buckets: [
          { weight: 3, actions: 'output:tap2', watchPort: null },
          { weight: 1, actions: 'set_field:10.0.0.1->ip_src,output:tap3', watchPort: null },
        ],
      },
      { id: 2, type: 'ff', buckets: [{ weight: 1, actions: 'output:tap2', watchPort: 'tap2' }] },
    ])
  })
  it.each([
    ['a line that nobody understands', 'group_id=2,type=all,bucket=actions=output:2\n what is this'],
    ['a bucket that nobody understands', 'group_id=2,type=all,bucket=actions=no_such_action:1'],
    ['a bucket that watches a group', 'group_id=2,type=ff,bucket=watch_group:3,actions=output:2'],
    ['a type that nobody knows', 'group_id=2,type=fast,bucket=actions=output:2'],
  ])('takes groups with %s for not read: one of them may be the one that a flow names', (_, lines) => {
    const { value, unparsed } = parseOpenflowGroups(
      `OFPST_GROUP_DESC reply (OF1.4) (xid=0x2):\n group_id=1,type=all\n ${lines}`,
      ports,
      'groups br-int',
    )
    expect([value, unparsed.length]).toEqual([null, 1])
  })
  it('takes a table that was cut off for not read', () => {
    const text = ' port  VLAN  MAC                Age\n'.padEnd(MAX_LEARNED_BYTES, '    3     1  fa:16:3e:00:00:02    2\n')
    expect(parseOvsMacs(text, ports, 'ovs-macs br-int').value).toBeNull()
  })
  it('takes no answer for none, not for an empty table', () => {
    expect(parseOvsMacs('', ports, 'ovs-macs br-int').value).toBeNull()
    expect(parseOpenflowGroups('', ports, 'groups br-int').value).toBeNull()
    expect(parseOvsMacs(' port  VLAN  MAC                Age\n', ports, 'ovs-macs br-int').value).toEqual([])
  })
})

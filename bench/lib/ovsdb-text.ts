// Tables of an OVSDB as the read script gets them from `ovs-vsctl --format=json`: one bridge with so many ports, named and numbered as in
// flow-text.ts.

const uuid = (kind: number, index: number) => ['uuid', `0000000${kind}-0000-4000-8000-${index.toString(16).padStart(12, '0')}`] as const
const none = ['set', []] as const
const empty = ['map', []] as const
const table = (headings: readonly string[], data: readonly (readonly unknown[])[]): string => JSON.stringify({ data, headings })

export function ovsdbText(bridge: string, ports: number): string {
  const indexes = Array.from({ length: ports }, (_, index) => index + 1)
  const counters = [
    'map',
    [
      ['rx_bytes', 0],
      ['rx_packets', 0],
      ['tx_bytes', 726],
      ['tx_packets', 9],
    ],
  ]
  return [
    table(
      ['_uuid', 'name', 'datapath_type', 'fail_mode', 'protocols', 'other_config', 'external_ids', 'controller', 'ports'],
      [[uuid(1, 0), bridge, 'system', 'secure', none, empty, empty, none, ['set', indexes.map((index) => uuid(2, index))]]],
    ),
    table(
      ['_uuid', 'name', 'tag', 'vlan_mode', 'trunks', 'other_config', 'external_ids', 'interfaces'],
      indexes.map((index) => [uuid(2, index), `tap${index}`, (index % 40) + 1, none, none, empty, empty, uuid(3, index)]),
    ),
    table(
      ['_uuid', 'name', 'type', 'options', 'external_ids', 'mac_in_use', 'mtu_request', 'ofport', 'error', 'link_state', 'statistics'],
      indexes.map((index) => [uuid(3, index), `tap${index}`, '', empty, empty, '02:00:00:00:00:01', none, index, none, 'up', counters]),
    ),
    '{"data":[],"headings":["_uuid","target"]}',
    '{"data":[["3.1.0","netdev",["map",[]]]],"headings":["ovs_version","datapath_types","other_config"]}',
  ].join('\n')
}

// What Open vSwitch learned or was given beside its flows, of one bridge: `fdb/show` → MAC table, `dump-groups` → groups,
// `dump-ports-desc` → ports that have flags, with ports by name. Text without its heading is no empty answer but none, and gives null; so does a table of which a line was not understood, or
// which was cut off: a group that is not in it would be taken for one that is not there.

import type { FlaggedPort, OpenflowGroup, OvsMac } from '../../host/learned'
import { canonicalActions } from '../openflow/actions'
import { canonicalPort, type PortNames } from '../openflow/port-name'
import { collect, failed, parsed, unparsed as notParsed, type Parsed, type ParseResult } from '../parse-result'
import { MAX_LEARNED_BYTES } from '../read-script'
import { parseFdbShow } from './fdb'
import { parseGroups } from './groups'
import { parsePortsDesc } from './ofctl-ports'

export function parseOvsMacs(text: string, ports: PortNames, section: string): Parsed<readonly OvsMac[] | null> {
  if (!/^\s*port\s+VLAN\s+MAC/m.test(text)) return { value: null, unparsed: [] }
  const { value, unparsed } = parseFdbShow(text, section)
  if (unparsed.length > 0 || isCutOff(text)) return { value: null, unparsed }
  return { value: value.map(({ port, vlan, macAddress }) => ({ port: ports.get(Number(port)) ?? port, vlan, macAddress })), unparsed }
}

export function parseOpenflowGroups(text: string, ports: PortNames, section: string): Parsed<readonly OpenflowGroup[] | null> {
  if (!text.includes('OFPST_GROUP_DESC reply')) return { value: null, unparsed: [] }
  const { value, unparsed } = parseGroups(text, section)
  const rest = [...unparsed]
  const groups = value.flatMap(({ groupId, type, buckets }) => {
    const read = isType(type) ? collect(buckets, (bucket) => parseBucket(bucket, ports)) : failed({ code: 'group-type', params: {} }, type)
    if (read.ok && isType(type)) return [{ id: groupId, type, buckets: read.value }]
    if (!read.ok) rest.push(notParsed(section, read.error.text, read.error.reason))
    return []
  })
  return { value: rest.length > 0 || isCutOff(text) ? null : groups, unparsed: rest }
}

/** Ports without a flag may be left out. */
export function parsePortFlags(text: string, ports: PortNames, section: string): Parsed<readonly FlaggedPort[] | null> {
  if (!text.includes('OFPST_PORT_DESC reply')) return { value: null, unparsed: [] }
  const { value, unparsed } = parsePortsDesc(text, section)
  const flagged = value.map(({ number, config }) => ({
    port: ports.get(Number(number)) ?? number,
    flags: config.filter((word) => word.startsWith('NO_')),
  }))
  return { value: unparsed.length > 0 || isCutOff(text) ? null : flagged.filter(({ flags }) => flags.length > 0), unparsed }
}

const isCutOff = (text: string): boolean => text.length >= MAX_LEARNED_BYTES

const TYPES: readonly string[] = ['all', 'select', 'indirect', 'ff'] satisfies readonly OpenflowGroup['type'][]
const isType = (type: string): type is OpenflowGroup['type'] => TYPES.includes(type)

type Bucket = OpenflowGroup['buckets'][number]

/** `weight:3,actions=output:2` or `watch_port:2,actions=…`; ovs-ofctl leaves out a weight of 1. */
function parseBucket(text: string, ports: PortNames): ParseResult<Bucket> {
  const [, head = '', list = ''] = /^(.*?)actions=(.*)$/.exec(text) ?? []
  const setting = (name: string) => new RegExp(`(?:^|,)${name}:([^,]+)`).exec(head)?.[1]
  const watched = setting('watch_port')
  if (setting('watch_group') !== undefined) return failed({ code: 'group-watched', params: {} }, text)
  const port = watched === undefined ? parsed(null) : canonicalPort(watched, ports)
  if (!port.ok) return port
  const actions = canonicalActions(list, { ports, hasVlanTag: true })
  return actions.ok ? parsed({ weight: Number(setting('weight') ?? 1), actions: actions.value, watchPort: port.value }) : actions
}

// Zones of connection tracking. A zone is a number in flows, `ct(zone=7)`; what a host keeps of it as a thing of its own is its row in the
// OVSDB, which says how long Open vSwitch remembers its connections: one network or router may keep long-lived ones that a default forgets, and
// half-open ones of another do not fill the table for all. Rows refer to each other (ovs-vswitchd.conf.db): the switch has datapaths, a
// datapath has zones, a zone has a policy. Ours carries its mark in external_ids.

import { plural } from '../explain/words'
import { changeCommand } from '../commands/command'
import { compareFields } from '../diff/compare-fields'
import type { HostDiff } from '../diff/kind-diff'
import { groupBy } from '../group-by'
import type { ConntrackZone } from '../host/conntrack-zone'
import { MARK, parseOwner, renderOwner } from '../naming'
import { parseOvsdbTables, type OvsdbTable } from '../parse/ovs/ovsdb-table'
import { mapOf, textOf, type OvsdbRow } from '../parse/ovs/ovsdb-value'
import { unparsed, type Parsed } from '../parse/parse-result'
import { batchStep, type StepDraft } from '../render/step-draft'
import { wantedOf, type Kind } from './kind'

const SECTION = 'conntrack-zones'

export const conntrackZoneKind: Kind<ConntrackZone> = {
  heading: 'Connection tracking zones',
  noun: 'connection tracking zones',
  key: ({ datapath, zone }) => `${datapath}/${zone}`,
  label: ({ datapath, zone }) => `conntrack zone ${zone} of datapath ${datapath}`,
  isOurs: ({ owner }) => owner !== null,
  compare: (desired, observed) =>
    compareFields([
      ['owner', desired.owner ? renderOwner(desired.owner) : undefined, observed.owner && renderOwner(observed.owner)],
      ['timeouts', desired.timeouts, observed.timeouts],
    ]),
  isTakenByMark: true,
  isRemembered: true,
  sections: [{ name: SECTION, mayBeIdle: true }, { name: 'ovsdb' }],
  reading: {
    section: SECTION,
    // Nothing is asked where the row of the switch, as the OVSDB has told it, names no datapath: only a datapath has zones.
    script: `case $ovs in *'"netdev",["uuid",'* | *'"system",["uuid",'*)
  run ${SECTION} ovs-vsctl --timeout=5 --format=json \\
    -- --columns=datapaths list Open_vSwitch -- --columns=_uuid,ct_zones list Datapath \\
    -- --columns=_uuid,timeout_policy,external_ids list CT_Zone -- --columns=_uuid,timeouts list CT_Timeout_Policy
esac`,
    parse: parseZones,
  },
  steps: [
    {
      name: 'conntrackZones.set',
      // A datapath is there with its first bridge.
      after: ['ovsPorts.prepare'],
      // A connection gets the time-outs that its zone has when it is first seen.
      before: ['flows.write'],
      render: setZones,
      restore: 'never',
    },
  ],
  afterBoot: (zones) => zones,
  probes: [
    ['conntrack zone', 'ovs-vsctl --bare --columns=_uuid list CT_Zone'],
    ['OVS datapath', 'ovs-vsctl --bare --columns=_uuid list Datapath'],
  ],
}

/** The four tables of `script`, a line each; a table is known by its columns. */
function parseZones(text: string, section: string): Parsed<readonly ConntrackZone[]> {
  const tables = parseOvsdbTables(text, section)
  const [datapaths, zones, policies] = ['ct_zones', 'timeout_policy', 'timeouts'].map((column) => rowsById(tables.value, column)) as [
    Rows,
    Rows,
    Rows,
  ]
  const ids = Object.entries(mapOf(rowsWith(tables.value, 'datapaths')[0]?.get('datapaths')))
  const found = ids.flatMap(([datapath, id]) =>
    Object.entries(mapOf(datapaths.get(id)?.get('ct_zones'))).map(([zone, row]) => ({
      text: `${datapath} ${zone}`,
      zone: toZone(datapath, zone, zones.get(row), policies),
    })),
  )
  return {
    value: found.flatMap(({ zone }) => zone ?? []),
    unparsed: [
      ...tables.unparsed,
      ...found.flatMap((each) => (each.zone ? [] : [unparsed(section, each.text, { code: 'no-fit', params: {} })])),
    ],
  }
}

type Rows = ReadonlyMap<string, OvsdbRow>

const rowsWith = (tables: readonly OvsdbTable[], column: string): readonly OvsdbRow[] =>
  tables.find(({ headings }) => headings.includes(column))?.rows ?? []
const rowsById = (tables: readonly OvsdbTable[], column: string): Rows =>
  new Map(rowsWith(tables, column).map((row) => [textOf(row.get('_uuid')) ?? '', row]))

function toZone(datapath: string, zone: string, row: OvsdbRow | undefined, policies: Rows): ConntrackZone | null {
  const timeouts = mapOf(policies.get(textOf(row?.get('timeout_policy')) ?? '')?.get('timeouts'))
  // They are words of a command when a way back writes them again.
  const isPlain = Object.entries(timeouts).every(([state, seconds]) => /^[a-z0-9_]+$/.test(state) && /^\d+$/.test(seconds))
  if (!row || (datapath !== 'system' && datapath !== 'netdev') || !/^\d{1,5}$/.test(zone) || !isPlain) return null
  return { datapath, zone: Number(zone), owner: parseOwner(mapOf(row.get('external_ids'))[MARK]), timeouts }
}

/**
 * Constant text; $1 is the datapath, its input a line per zone. Everything is one transaction, marks included. The row of the datapath is
 * nobody's: who needs the first zone makes it, and ours goes with the last one.
 */
const SET_ZONES = `vsctl() { ovs-vsctl --timeout=20 "$@"; }
set -f
datapath=$1
row=$(vsctl --if-exists get Open_vSwitch . "datapaths:$datapath") || exit
set --
while read -r verb zone mark timeouts; do
  case $verb in
    set)
      [ -n "$row" ] || row=$(vsctl -- --id=@d create Datapath datapath_version=0 external_ids:${MARK}=made -- set Open_vSwitch . "datapaths:$datapath=@d") || exit
      set -- "$@" -- --id="@p$zone" create CT_Timeout_Policy $timeouts \\
        -- --id="@z$zone" create CT_Zone timeout_policy="@p$zone" external_ids:${MARK}='"'"$mark"'"' \\
        -- set Datapath "$row" "ct_zones:$zone=@z$zone" ;;
    del) set -- "$@" -- --if-exists del-zone-tp "$datapath" "zone=$zone" ;;
  esac
done
[ -n "$row" ] || exit 0
vsctl "$@" >/dev/null || exit
made=$(vsctl --if-exists get Datapath "$row" external_ids:${MARK}) && zones=$(vsctl get Datapath "$row" ct_zones) || exit
if [ -n "$made" ] && [ "$zones" = '{}' ]; then vsctl remove Open_vSwitch . datapaths "$datapath"; fi`

function setZones({ conntrackZones }: HostDiff): StepDraft[] {
  const lines = [
    ...conntrackZones.removed.map((zone) => ({ zone, line: `del ${zone.zone}` })),
    ...wantedOf(conntrackZones).map((zone) => ({ zone, line: setLine(zone) })),
  ]
  return [...groupBy(lines, ({ zone }) => zone.datapath)].flatMap(([datapath, here]) =>
    batchStep(
      `Connection tracking: ${plural(here.length, 'zone')} of datapath ${datapath}`,
      'How long connections of a network or router are remembered.',
      here.map(({ line }) => line),
      (stdin) => changeCommand(['sh', '-c', SET_ZONES, 'sh', datapath], { stdin, timeoutMs: 60_000 }),
    ),
  )
}

const setLine = ({ zone, owner, timeouts }: ConntrackZone): string =>
  `set ${zone} ${owner ? renderOwner(owner) : '-'} ${Object.entries(timeouts)
    .map(([state, seconds]) => `timeouts:${state}=${seconds}`)
    .join(' ')}`.trimEnd()

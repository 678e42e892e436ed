// Open vSwitch on a host: an initialised, otherwise empty database, and the switch with the userspace datapath only.

import { enter } from '../node/keeper'
import { run } from '../run'
import { askClient, onHost, type HostContext, type Service } from './service'

const database = '/var/lib/openvswitch/conf.db'
const schema = '/usr/share/openvswitch/vswitch.ovsschema'
const socket = '/run/openvswitch/db.sock'

export const ovsdbServer: Service = {
  command: 'ovsdb-server',
  findProblem: (host) => askClient(host, 'ovsdb-server', ['ovsdb-client', '--timeout=3', 'list-dbs', `unix:${socket}`]),
  start: async (host) => {
    await ensureDatabase(host)
    await onHost(host, [
      'ovsdb-server',
      database,
      `--remote=punix:${socket}`,
      '--remote=db:Open_vSwitch,Open_vSwitch,manager_options',
      ...daemonOptions('ovsdb-server'),
    ])
    await describeHost(host)
  },
}

export const ovsVswitchd: Service = {
  command: 'ovs-vswitchd',
  findProblem: (host) => askClient(host, 'ovs-vswitchd', ['ovs-appctl', '--timeout=3', '-t', 'ovs-vswitchd', 'version']),
  start: async (host) => {
    // Without --disable-system it would look for the kernel module in every host, and complain about it for good.
    await onHost(host, ['ovs-vswitchd', `unix:${socket}`, '--disable-system', ...daemonOptions('ovs-vswitchd')])
  },
}

function daemonOptions(name: string): readonly string[] {
  const log = `--log-file=/var/log/openvswitch/${name}.log`
  return ['--detach', '--no-chdir', '--pidfile', '--overwrite-pidfile', log, '-vconsole:off', '-vsyslog:off']
}

/** A database that is there is kept, as on a host that boots again; one that a crash left half-made is made anew. */
async function ensureDatabase(host: HostContext): Promise<void> {
  const check = await run(enter(host.keeper, ['ovsdb-tool', 'db-version', database]))
  if (check.code === 0) return
  await onHost(host, ['rm', '-f', database])
  await onHost(host, ['ovsdb-tool', 'create', database, schema])
}

/** What the distribution's start script writes about the host it runs on. */
async function describeHost(host: HostContext): Promise<void> {
  const name = host.keeper.node
  await onHost(host, [
    'ovs-vsctl',
    '--no-wait',
    '--',
    'init',
    '--',
    'set',
    'Open_vSwitch',
    '.',
    `external_ids:system-id=${name}`,
    `external_ids:hostname=${name}`,
    'external_ids:rundir=/run/openvswitch',
    `ovs_version=${await versionOf(host, ['ovs-vswitchd', '--version'])}`,
    `db_version=${await versionOf(host, ['ovsdb-tool', 'schema-version', schema])}`,
    'system_type=tapline-lab',
    'system_version=1',
  ])
}

/** `ovs-vswitchd (Open vSwitch) 3.1.0`, or the bare number. */
async function versionOf(host: HostContext, argv: readonly string[]): Promise<string> {
  return /\d+\.\d+\.\d+/.exec(await onHost(host, argv))?.[0] ?? 'unknown'
}

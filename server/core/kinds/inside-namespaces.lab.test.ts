// What routers need inside namespaces, judged by a kernel: what was set is read, a plan then finds nothing to do, the way back leads back, a restore
// brings it back and does nothing a second time, and nothing stays behind.

import { beforeAll, describe, expect, it } from 'vitest'
import { labExec } from '../../../lab/lab'
import { leftBehind, snapshot } from '../../../lab/scenarios/snapshot'
import { testLab } from '../../../lab/tests/settings'
import { diffHost } from '../diff/host-diff'
import { emptyHostState, type HostState, type HostStateKind } from '../host/host-state'
import { parseHostRead } from '../parse/host-read'
import { readHostCommand } from '../parse/read-script'
import { ownPart } from '../plan/own-part'
import { listChanges } from '../plan/plan-host'
import { renderSteps } from '../render/render-steps'
import { restoreFiles } from '../restore/restore-files'
import {
  daemon,
  FIP,
  pair,
  port,
  ROUTER,
  routerOwner as owner,
  sampleRouter as router,
  serviceDirectory as directory,
} from '../testing/sample-router'

const HOST = 'cmp1'
const CONCERN: readonly HostStateKind[] = [
  'namespaces',
  'links',
  'addresses',
  'routes',
  'rules',
  'neighbours',
  'sysctls',
  'ipsets',
  'iptables',
  'services',
  'ovsBridges',
  'ovsPorts',
]
const isConcern = (kind: HostStateKind) => CONCERN.includes(kind)

const exec = (argv: readonly string[], stdin?: string) => labExec(testLab, HOST, [...argv], stdin === undefined ? {} : { stdin })
async function run(argv: readonly string[], stdin?: string): Promise<string> {
  const { code, stdout, stderr } = await exec(argv, stdin)
  expect([code, stderr], argv.join(' ').slice(0, 200)).toEqual([0, ''])
  return stdout
}

async function read(): Promise<HostState> {
  const { stdout } = await exec(readHostCommand('abcdef0123456789').argv)
  const { state, unparsed } = parseHostRead({
    hostId: 'h',
    observedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 0,
    nonce: 'abcdef0123456789',
    text: stdout,
  })
  expect(unparsed).toEqual([])
  return state
}

const toDo = (desired: HostState, observed: HostState) =>
  listChanges(diffHost(desired, observed, isConcern)).map(({ action, label, fields }) => [action, label, ...fields])

/** Brings the host from what it has to this; nothing is left to do then. */
async function apply(desired: HostState): Promise<HostState> {
  for (const { command } of renderSteps(diffHost(desired, await read(), isConcern), HOST)) await run(command.argv, command.stdin)
  const after = await read()
  expect(toDo(desired, after)).toEqual([])
  return after
}

const pidOf = async () => (await run(['cat', `${directory}/pid`])).trim()
const placeOf = (pid: string) =>
  run(['sh', '-c', '[ "$(readlink /proc/$1/ns/net)" = "net:[$(stat -Lc %i /run/netns/$2)]" ] && printf here', 'sh', pid, ROUTER])

const without = (state: HostState, netns: string, link: string): HostState => {
  const isElsewhere = (each: { readonly netns: string; readonly link?: string }) => each.netns !== netns || each.link !== link
  return {
    ...state,
    addresses: state.addresses.filter(isElsewhere),
    routes: state.routes.filter(isElsewhere),
    neighbours: state.neighbours.filter(isElsewhere),
    sysctls: state.sysctls.filter(({ key }) => !key.includes(`/${link}/`)),
  }
}

describe('inside namespaces', () => {
  let bare: ReadonlySet<string>
  beforeAll(async () => {
    bare = await snapshot(testLab, HOST)
  })

  it('a router is built, and built again where something of it was lost', async () => {
    const built = ownPart(await apply(router))
    for (const line of [
      `ip -n ${ROUTER} link set qr-lab address 02:00:00:00:00:99`,
      `ip -n ${ROUTER} rule del priority 57481`,
      `ip -n ${ROUTER} rule add from 10.0.0.5 iif qr-lab lookup 16 priority 57481`,
      `ip -n ${ROUTER} rule add from all lookup 16 priority 57481`,
      `ip -n ${ROUTER} route replace 10.5.0.0/16 via 10.0.0.2 dev qr-lab table 17 metric 7`,
      `ip -n ${FIP} neigh replace 169.254.64.0 lladdr 02:00:00:00:00:77 dev fpr-lab nud permanent`,
      `ip netns exec ${ROUTER} sysctl -q net.ipv4.ip_forward=0`,
      `ip -n ${ROUTER} route del unreachable 10.9.0.0/16`,
      `ip netns exec ${ROUTER} ipset add tapline-lab 10.2.0.0/16`,
      `ip netns exec ${ROUTER} ipset del tapline-lab 10.0.0.5`,
      `ip netns exec ${FIP} ipset destroy tapline-lab`,
      'ipset flush tapline-lab',
    ])
      await run(line.split(' '))
    expect(toDo(router, await read()).length).toBeGreaterThanOrEqual(11)
    const again = ownPart(await apply(router))
    expect(toDo(built, again)).toEqual([])
    expect((await run(['ip', 'netns', 'exec', ROUTER, 'sysctl', '-n', 'net.ipv4.conf.rfp-lab.forwarding'])).trim()).toBe('0')
  })

  it('a pair leaves a namespace that stays, an internal port goes from one to another, and both come back', async () => {
    const before = ownPart(await read())
    const moved = without(without(router, ROUTER, 'qr-lab'), FIP, 'fpr-lab')
    await apply({ ...moved, links: [...pair(ROUTER, ''), port(FIP)] })
    await apply({ ...without(moved, ROUTER, 'rfp-lab'), links: [port('')] })
    await apply(before)
    expect(toDo(router, await read())).toEqual([])
  })

  it('a service reloads with its files, comes again when it died, and goes into the namespace that is made anew', async () => {
    const pid = await pidOf()
    await apply({ ...router, services: [{ ...daemon, files: { ...daemon.files, 'names.txt': '10.0.0.9 nine\n' } }] })
    await apply(router)
    expect(await pidOf()).toBe(pid)
    await run(['kill', '-KILL', pid])
    await apply({ ...router, services: [{ ...daemon, argv: [...daemon.argv, '--no-hosts'] }] })
    await apply(router)
    const again = await pidOf()
    expect([again === pid, await placeOf(again)]).toEqual([false, 'here'])
    await run(['ip', 'netns', 'del', ROUTER])
    await run(['ovs-vsctl', 'del-port', 'qr-lab'])
    await apply(router)
    expect(await placeOf(await pidOf())).toBe('here')
  })

  it('a dead pair is made anew, with all that was on it', async () => {
    await run(['ip', '-n', FIP, 'link', 'del', 'fpr-lab'])
    await run(['ip', '-n', ROUTER, 'link', 'add', 'rfp-lab', 'type', 'bridge'])
    await apply(router)
  })

  it('[RESTORE-2] a restore brings all of it back, and does nothing where it is there', async () => {
    const place = '/tmp/restore-inside'
    const files = restoreFiles(router, owner)
    await run(['mkdir', '-p', place])
    for (const [name, text] of Object.entries(files)) await run(['sh', '-c', `cat >"$1/$2"`, 'sh', place, name], text)
    // As after a boot: Open vSwitch has its row and makes the device again, the rest is gone.
    await run([
      'sh',
      '-c',
      'ovs-vsctl del-port qr-lab && kill "$(cat /var/lib/tapline/services/dns-lab/pid)" && for ns; do ip netns del "$ns"; done',
      'sh',
      ROUTER,
      FIP,
    ])
    await run(
      `ovs-vsctl add-port br-lab qr-lab tag=5 external_ids:tapline=network/${owner.id} -- set Interface qr-lab type=internal`.split(' '),
    )
    const restored = () => exec(['sh', `${place}/restore.sh`])
    const restore = async () => {
      const { code, stderr } = await restored()
      const said = stderr
        .trimEnd()
        .split('\n')
        .map((line) => line.replace(/^tapline-restore: /, ''))
      expect([code, said.filter((line) => !/: (done|nothing to do)$/.test(line))]).toEqual([0, [expect.stringMatching(/^\d+ steps$/)]])
      expect(toDo(router, await read())).toEqual([])
      // Flags and IPv6 addresses of devices that just came up go on changing by themselves.
      const show =
        'for ns; do ip -n "$ns" -o link | sed "s/<.*link/link/"; ip -n "$ns" -4 -o address; ip -n "$ns" rule; ip -n "$ns" -4 route show table all; done'
      const shown = await run(['sh', '-c', show, 'sh', ROUTER, FIP])
      return { idle: said.filter((line) => line.endsWith('nothing to do')), shown: shown + (await pidOf()) }
    }
    const first = await restore()
    expect(await restore()).toEqual({
      idle: ['step 2, Links: add 2: nothing to do', 'step 3, Internal ports: move and address: nothing to do'],
      shown: first.shown,
    })
    // A device of somebody else in the place of one of ours.
    await run(['ip', '-n', FIP, 'link', 'del', 'fpr-lab'])
    await run(['ip', '-n', ROUTER, 'link', 'add', 'rfp-lab', 'type', 'bridge'])
    const foreign = () =>
      run([
        'sh',
        '-c',
        `ip -n ${ROUTER} -o link show dev rfp-lab; ip -n ${ROUTER} -o address show dev rfp-lab; ip netns exec ${ROUTER} sysctl net.ipv4.conf.rfp-lab.rp_filter`,
      ])
    const before = await foreign()
    const { code, stderr } = await restored()
    expect([code, stderr]).toEqual([1, expect.stringContaining(`tapline-restore: rfp-lab is in ${ROUTER} and is not ours: left alone\n`)])
    expect(await foreign()).toBe(before)
    await run(['ip', '-n', ROUTER, 'link', 'del', 'rfp-lab'])
    expect(await restored()).toMatchObject({ code: 0 })
    expect(toDo(router, await read())).toEqual([])
    await run(['rm', '-rf', place, '/run/tapline'])
  })

  it('nothing of it stays', async () => {
    await apply(emptyHostState)
    expect(leftBehind(bare, await snapshot(testLab, HOST), HOST)).toEqual([])
  })
})

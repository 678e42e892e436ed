// The scripts are run for real on hosts that restart by the scenario host-restart; here, what they are given, and how they go about it.

import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { compileHost } from '../compile/compile'
import { changeCommand } from '../commands/command'
import { diffHost, isEmptyDiff } from '../diff/host-diff'
import { type HostState, kindNames } from '../host/host-state'
import { sha1Hex } from '../sha1'
import { kindOf } from '../kinds/kinds'
import { renderSteps } from '../render/render-steps'
import { inEachNamespace } from '../render/side-by-side'
import { restorePlace } from '../testing/restore-place'
import { ids, sampleTopology } from '../testing/sample-topology'
import { trunkTopology } from '../testing/sample-trunk'
import { filesOf, restoreFiles, restoreSteps, type RestoreStep } from './restore-files'
import { survivesRestart } from './survives-restart'

const desired = compileHost(sampleTopology(), ids.host(2))
const network = compileHost(sampleTopology(), ids.host(1))
const owner = { kind: 'host', id: ids.host(1) } as const
const files = restoreFiles(network, owner)

type Name = (name: string) => string
const threeTimes = (text: string): string[] => [text, text, text]

describe('what survives a restart', () => {
  it('lacks nothing that Open vSwitch or libvirt keeps, and no file', () => {
    const { ovsBridges, ovsPorts, dnsmasq, domains } = diffHost(network, survivesRestart(network))
    expect([ovsBridges, ovsPorts].every((part) => part.added.length + part.changed.length === 0)).toBe(true)
    expect(dnsmasq.changed.map(({ fields }) => fields.map(({ field }) => field))).toEqual(network.dnsmasq.map(() => ['running']))
    expect(domains.added).toEqual([])
  })

  it('lacks every flow, namespace, address and device that was made, and NICs are as they came', () => {
    const lost = diffHost(desired, survivesRestart(desired))
    expect(lost.flows.added).toEqual(desired.flows)
    expect(lost.addresses.added).toEqual(desired.addresses)
    expect(lost.links.added).toEqual(desired.links.filter(({ type }) => type !== 'physical' && type !== 'tap'))
    expect(lost.links.changed.map(({ to }) => to.name).sort()).toEqual(['ens37', 'ens38'])
    expect(lost.domains.changed.map(({ fields }) => fields.map(({ field }) => field))).toEqual(desired.domains.map(() => ['running']))
  })
})

describe('the restore unit', () => {
  it('[PLAN-21] is part of what the host shall have, written last, and changes with the design', () => {
    const withUnit = (networks: readonly number[]) => {
      const topology = sampleTopology({ networks })
      return compileHost({ ...topology, hosts: topology.hosts.map((host) => ({ ...host, hasRestoreUnit: true })) }, ids.host(2))
    }
    const [small, large] = [withUnit([3]), withUnit([2, 3])]
    expect(renderSteps(diffHost(large, small), 'cmp1').at(-1)!.title).toBe('Write the restore unit')
    expect(diffHost(large, small).restoreUnits.changed.map(({ fields }) => fields.map(({ field }) => field))).toEqual([['content']])
    expect(isEmptyDiff(diffHost(large, large))).toBe(true)
    expect(
      renderSteps(diffHost(compileHost(sampleTopology({ networks: [2, 3] }), ids.host(2)), large), 'cmp1').map(({ title }) => title),
    ).toEqual(['Remove the restore unit'])
  })

  it('holds the commands of a plan, and their inputs as they are', () => {
    const steps = restoreSteps(network)
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['tapline-restore.service', 'restore.sh', 'guard.sh', 'steps.sh']))
    expect(
      Object.keys(files)
        .filter((name) => /^\d+\.txt$/.test(name))
        .map((name) => files[name]),
    ).toEqual(steps.flatMap(({ draft: { command } }) => command.stdin ?? []))
    expect(files['steps.sh']!.match(/^step /gm)).toHaveLength(steps.length)
  })

  /** What stands before each program. */
  const guards = (state: HostState) =>
    [...restoreFiles(state, owner)['steps.sh']!.matchAll(/ sh guard\.sh (\S+ \S+(?: -\S*)*)/g)].map(([, words]) => words)
  const [links, virsh, ofctl] = (['ip -force -batch -', 'virsh -q -c', 'ovs-ofctl -O'] as const).map(
    (words) => (name: string) => `${name} ${words}`,
  ) as [Name, Name, Name]
  const bridged = compileHost(trunkTopology({ linuxBridge: [2] }), ids.host(2))
  it.each<[string, HostState, readonly string[]]>([
    [
      'a network host',
      network,
      [
        links('links.add'),
        ...threeTimes(ofctl('flows.write')),
        links('links.move'),
        links('links.inside'),
        'iptables.write iptables-restore --noflush --wait',
      ],
    ],
    [
      'a compute host',
      desired,
      [
        links('links.add'),
        'sysctls.set sysctl -e -q -p -',
        'links.setOffload sh -c',
        ...threeTimes(ofctl('flows.write')),
        links('links.move'),
        ...threeTimes(virsh('domains.start')),
      ],
    ],
    [
      'a Linux bridge host',
      bridged,
      [
        links('links.add'),
        'sysctls.set sysctl -e -q -p -',
        'fdb.set bridge -force -batch -',
        links('links.move'),
        'iptables.write ebtables-nft-restore --noflush',
        ...threeTimes(virsh('domains.start')),
        links('links.addOnTaps'),
        'sysctls.setOnTaps sysctl -e -q -p -',
      ],
    ],
  ])('[RESTORE-1] guards what would fail, or do harm, where it is done already: %s', (_, state, wanted) => {
    expect(guards(state)).toEqual(wanted)
  })

  it('[RESTORE-6] does in one step what a plan does in one, however many namespaces', () => {
    expect(network.namespaces.length).toBeGreaterThan(1)
    const planned = renderSteps(diffHost(network, survivesRestart(network)), 'net1')
    expect(restoreSteps(network).map(({ draft }) => draft.command)).toEqual(planned.map(({ command }) => command))
  })

  it('rebuilds a Linux bridge host in the order of a plan: filters before VMs, VLAN interfaces of subports after them', () => {
    const titles = restoreSteps(bridged).map(({ draft }) => draft.title)
    expect(titles.filter((title) => !title.startsWith('Start VM'))).toEqual([
      'Links: add 5, change 2',
      'Set 11 sysctls',
      expect.stringMatching(/^VXLAN forwarding: \d+ changes$/),
      'Addresses',
      'ebtables',
      'VLAN interfaces on taps: 2 subports',
      'Set 2 sysctls',
    ])
    expect(titles.findIndex((title) => title.startsWith('Start VM'))).toBeGreaterThan(titles.indexOf('ebtables'))
    expect(titles.findLastIndex((title) => title.startsWith('Start VM'))).toBeLessThan(
      titles.indexOf('VLAN interfaces on taps: 2 subports'),
    )
    const lines = restoreFiles(bridged, owner)['steps.sh']!.split('\n')
    expect(lines.filter((line) => line.includes('sysctl ')).map((line) => line.includes('sysctl -e'))).toEqual([true, true])
  })

  it('is a unit that systemd starts after what it needs, and again with the switch', () => {
    expect(files['tapline-restore.service']).toMatch(/^# tapline:host\/cc0{5}1-/)
    expect(files['tapline-restore.service']).toContain(
      'After=network.target systemd-sysctl.service openvswitch-switch.service openvswitch.service ovs-vswitchd.service libvirtd.service',
    )
    expect(files['tapline-restore.service']).toContain('PartOf=ovs-vswitchd.service')
    expect(files['tapline-restore.service']).toContain('WantedBy=multi-user.target ovs-vswitchd.service')
  })

  it('is shell that can be read, also with hostile titles', () => {
    const hostile = restoreFiles(
      { ...desired, domains: desired.domains.map((domain) => ({ ...domain, title: `'; touch /tmp/x; $(id) \n` })) },
      { kind: 'host', id: ids.host(2) },
    )
    const output = execFileSync('sh', { input: `step() { printf '%s|' "$2"; }\n${hostile['steps.sh']}`, encoding: 'utf8' })
    expect(output).toContain(`|Start VM '; touch /tmp/x; $(id) \n|`)
    for (const text of [files['restore.sh']!, files['guard.sh']!, files['steps.sh']!]) execFileSync('sh', ['-n'], { input: text })
  })
})

describe('sha1Hex', () => {
  it('is what sha1sum prints', () => {
    const text = files['steps.sh']!
    expect(`${sha1Hex(text)}  -\n`).toBe(execFileSync('sha1sum', { input: text, encoding: 'utf8' }))
  })
})

// A kind that nothing else knows: lines of a file that it appends to.
describe('a new kind', () => {
  const maker = (name: string, guard: string): RestoreStep['maker'] => ({ name, restore: { script: guard } })
  const lines = maker('lines.add', 'grep -vxFf /run/tapline/there input; [ $? -le 1 ]')
  const foreign = maker('lines.foreign', 'echo foreign; exit 3')
  const unsure = maker('lines.unsure', 'exit 2')
  const careful = maker('lines.careful', 'if has_failed lines.foreign; then exit 2; fi; cat input')
  const plain: RestoreStep['maker'] = { name: 'lines.plain', restore: 'repeatable' }
  const step = (made: RestoreStep['maker'], argv: readonly string[], stdin?: string): RestoreStep => ({
    maker: made,
    draft: { title: made.name, reason: '', command: changeCommand(argv, stdin === undefined ? {} : { stdin }) },
  })
  const append = ['append', '-']

  function restore(steps: readonly RestoreStep[], there: string) {
    const made = filesOf(
      steps,
      steps.map((each) => each.maker),
    )
    const place = restorePlace(made, { append: 'keep "$@"', nsenter: 'shift; exec "$@"' })
    place.note('there', there)
    const ran = place.run(['./restore.sh'])
    const result = place.read('restore-result').replace(/ \d+ /, ' ')
    place.remove()
    return { ...ran, result }
  }

  it('[RESTORE-1] [RESTORE-2] needs no more than its guard: what is there is left out, and nothing is started for nothing', () => {
    expect(restore([step(lines, append, 'one\ntwo\n')], 'one\n')).toMatchObject({
      status: 0,
      kept: 'append -\ntwo\n',
      said: ['tapline-restore: step 1, lines.add: done', 'tapline-restore: 1 steps'],
    })
    expect(restore([step(lines, append, 'one\ntwo\n')], 'one\ntwo\n')).toMatchObject({
      status: 0,
      kept: '',
      said: ['tapline-restore: step 1, lines.add: nothing to do', 'tapline-restore: 1 steps'],
    })
  })

  it('[RESTORE-6] in many namespaces at once', () => {
    const command = inEachNamespace(append, [
      { netns: 'a', lines: ['one'] },
      { netns: 'b', lines: ['one', 'two'] },
    ])
    expect(restore([{ maker: lines, draft: { title: 'both', reason: '', command } }], 'one\n')).toMatchObject({
      status: 0,
      kept: 'append -\ntwo\n',
    })
  })

  it('[RESTORE-3] [RESTORE-4] tries every step, does the rest of one where something is not ours, and fails with the names of those that failed', () => {
    const steps = [step(foreign, append, 'mine\n'), step(unsure, append, 'x\n'), step(careful, append, 'y\n'), step(plain, append, 'z\n')]
    expect(restore(steps, '')).toMatchObject({
      status: 1,
      kept: 'append -\nforeign\nappend -\nz\n',
      result: '1 failed: lines.foreign, lines.unsure, lines.careful\n',
      said: [
        'tapline-restore: step 1, lines.foreign: exit code 1',
        'tapline-restore: cannot be done now',
        'tapline-restore: step 2, lines.unsure: exit code 2',
        'tapline-restore: cannot be done now',
        'tapline-restore: step 3, lines.careful: exit code 2',
        'tapline-restore: step 4, lines.plain: done',
        'tapline-restore: failed: lines.foreign, lines.unsure, lines.careful',
      ],
    })
  })

  it('[RESTORE-1] is refused where it says that no restore has such a step', () => {
    expect(() => filesOf([step({ name: 'lines.remove', restore: 'never' }, append)], [])).toThrow('a restore has no lines.remove')
  })
})

it('[RESTORE-1] every step that asks for a guard finds it in the script', () => {
  const guarded = kindNames
    .flatMap((name) => kindOf(name).steps)
    .filter(({ restore }) => typeof restore !== 'string' && restore.script !== undefined)
  expect([...files['guard.sh']!.matchAll(/^([a-z]\w+\.\w+)\)$/gm)].map(([, name]) => name)).toEqual(guarded.map(({ name }) => name))
})

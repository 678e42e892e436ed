// Desired state → the files of its restore unit. The steps are those of a plan that finds a host as it is after a boot, so
// compare and render are the ones of every other plan; each gets a guard of the script that leaves out what is there.

import type { Command } from '../commands/command'
import { quoteArgv } from '../commands/quote'
import { diffHost } from '../diff/host-diff'
import type { HostState } from '../host/host-state'
import { RESTORE_DIRECTORY, RESTORE_UNIT, RESTORE_WANTED_BY, SWITCH_UNIT } from '../host/restore-unit'
import { renderAlias, type Owner } from '../naming'
import type { Step } from '../plan/plan'
import { renderSteps } from '../render/render-steps'
import { oneByOne } from '../render/side-by-side'
import { RESTORE_SCRIPT } from './restore-script'
import { survivesRestart } from './survives-restart'

export function restoreFiles(desired: HostState, owner: Owner): Record<string, string> {
  const steps = restoreSteps(desired)
  return {
    [RESTORE_UNIT]: unitFile(owner),
    'restore.sh': RESTORE_SCRIPT,
    'steps.sh': steps.map((step, index) => `${stepLine(step, index, desired)}\n`).join(''),
    ...Object.fromEntries(steps.flatMap(({ command }, index) => (command.stdin === undefined ? [] : [[inputName(index), command.stdin]]))),
  }
}

/** What is one command for many namespaces is one for each here, since each has a guard of its own. */
export const restoreSteps = (desired: HostState): Step[] =>
  renderSteps(diffHost(desired, survivesRestart(desired)), 'restore').flatMap((step) => oneByOne(step.command).map((command) => ({ ...step, command })))

const inputName = (index: number): string => `${index + 1}.txt`

function stepLine({ title, command }: Step, index: number, desired: HostState): string {
  const input = command.stdin === undefined ? '/dev/null' : inputName(index)
  const { guard, subject, argv } = guarded(command, desired)
  return quoteArgv(['step', title, input, String(Math.ceil(command.timeoutMs / 1000)), guard, subject, ...argv])
}

interface Guarded {
  readonly guard: 'always' | 'new_links' | 'new_entries' | 'new_jumps' | 'when_ports_are_up' | 'stopped_vm'
  readonly subject: string
  readonly argv: readonly string[]
}

/** By what it runs: a command that may be repeated as it is needs no guard. */
function guarded({ argv }: Command, desired: HostState): Guarded {
  const last = argv.at(-1) ?? ''
  const tables = argv.findIndex((word) => /^(ip6?tables|ebtables-nft)-restore$/.test(word))
  // A line of a batch that fails must not keep the others from being done.
  const batch = argv.indexOf('-batch')
  if (argv[0] === 'ip' && batch > 0) return { guard: 'new_links', subject: argv.slice(0, batch).join(' '), argv: ['ip', '-force', ...argv.slice(1)] }
  if (argv[0] === 'bridge' && batch > 0) return { guard: 'new_entries', subject: 'bridge fdb', argv: ['bridge', '-force', ...argv.slice(1)] }
  if (tables >= 0) {
    return { guard: 'new_jumps', subject: [...argv.slice(0, tables), argv[tables]!.replace('restore', 'save')].join(' '), argv }
  }
  // Keys that are unknown are no failure: of what stands on a tap where the VM is off, of IPv6 where the kernel has none.
  const sysctl = argv.indexOf('sysctl')
  if (sysctl >= 0) return { guard: 'always', subject: '', argv: argv.toSpliced(sysctl + 1, 0, '-e') }
  const awaited = argv[0] === 'ovs-ofctl' ? lateBorn(argv.at(-2) ?? '', desired) : ''
  if (awaited !== '') return { guard: 'when_ports_are_up', subject: awaited, argv }
  if (argv[0] === 'virsh' && argv.includes('start')) return { guard: 'stopped_vm', subject: last, argv }
  return { guard: 'always', subject: '', argv }
}

/** Ports of a bridge whose device is made by an earlier step; the other ports are there when Open vSwitch is. */
function lateBorn(bridge: string, { links, ovsPorts }: HostState): string {
  const made = new Set(links.filter(({ type }) => type === 'veth').map(({ name }) => name))
  return ovsPorts.filter((port) => port.bridge === bridge && made.has(port.name)).map((port) => port.name).join(' ')
}

/**
 * Wanted by the switch and part of it, so that flows come back also when only Open vSwitch restarts, by hand or after a crash.
 * network.target: whether the host has a tunnel address of its own (DIFF-9) is seen once its own network is set up.
 * KillMode: dnsmasq lives on when the unit ends. After= names what may be there, on whatever distribution.
 */
const unitFile = (owner: Owner): string => `# ${renderAlias(owner)}
# Made by Tapline, which makes it anew with every apply. To keep it off this host, switch it off on the host's page.
[Unit]
Description=Tapline: rebuild the network of the last applied design
After=network.target systemd-sysctl.service openvswitch-switch.service openvswitch.service ${SWITCH_UNIT} libvirtd.service virtqemud.service
PartOf=${SWITCH_UNIT}

[Service]
Type=oneshot
RemainAfterExit=yes
KillMode=process
ExecStart=/bin/sh ${RESTORE_DIRECTORY}/current/restore.sh

[Install]
WantedBy=${RESTORE_WANTED_BY.join(' ')}
`

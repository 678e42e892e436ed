// Desired state → the files of its restore unit. The steps are those of a plan that finds a host as it is after a boot, so
// compare and render are the ones of every other plan. Each gets the guard that its kind has for it, which leaves out what is there.

import { quoteArgv } from '../commands/quote'
import { diffHost } from '../diff/host-diff'
import { type HostState, kindNames } from '../host/host-state'
import { RESTORE_DIRECTORY, RESTORE_UNIT, RESTORE_WANTED_BY, SWITCH_UNIT } from '../host/restore-unit'
import { invariant } from '../invariant'
import type { StepMaker } from '../kinds/kind'
import { kindOf } from '../kinds/kinds'
import { renderAlias, type Owner } from '../naming'
import { draftSteps } from '../render/render-steps'
import { withProgram } from '../render/side-by-side'
import type { StepDraft } from '../render/step-draft'
import { guardOf, guardScript, RESTORE_SCRIPT } from './restore-script'
import { survivesRestart } from './survives-restart'

const kinds = kindNames.map((name) => kindOf(name))
const lineGuards = kinds.flatMap(({ ip }) => (ip && ip.restore !== 'repeatable' ? [ip.restore] : []))

export interface RestoreStep {
  readonly maker: Pick<StepMaker, 'name' | 'restore'>
  readonly draft: StepDraft
}

export const restoreFiles = (desired: HostState, owner: Owner): Record<string, string> => ({
  [RESTORE_UNIT]: unitFile(owner),
  ...filesOf(
    restoreSteps(desired),
    kinds.flatMap(({ steps }) => steps),
  ),
})

/** What a boot takes, and how it comes back. */
export const restoreSteps = (desired: HostState): RestoreStep[] => draftSteps(diffHost(desired, survivesRestart(desired)))

/** `makers`: all that there are, so that the scripts are the same on every host. */
export function filesOf(steps: readonly RestoreStep[], makers: readonly RestoreStep['maker'][]): Record<string, string> {
  return {
    'restore.sh': RESTORE_SCRIPT,
    'guard.sh': guardScript(makers, lineGuards),
    'steps.sh': steps.map((step, index) => `${stepLine(step, index)}\n`).join(''),
    ...Object.fromEntries(
      steps.flatMap(({ draft: { command } }, index) => (command.stdin === undefined ? [] : [[inputName(index), command.stdin]])),
    ),
  }
}

const inputName = (index: number): string => `${index + 1}.txt`

function stepLine({ maker, draft: { title, command } }: RestoreStep, index: number): string {
  const input = command.stdin === undefined ? '/dev/null' : inputName(index)
  const { argv } = withProgram(command, (program) => guarded(maker, program))
  return quoteArgv(['step', maker.name, title, input, String(Math.ceil(command.timeoutMs / 1000)), ...argv])
}

function guarded(maker: RestoreStep['maker'], program: readonly string[]): readonly string[] {
  invariant(maker.restore !== 'never', `a restore has no ${maker.name}`)
  if (maker.restore === 'repeatable') return program
  const { program: other = (argv) => argv } = maker.restore
  return [...(guardOf(maker, lineGuards) === null ? [] : ['sh', 'guard.sh', maker.name]), ...other(program)]
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

// Kernel settings, one `sysctl -p -` per namespace: on standard input any number of ports fits. The slash form is used because
// device names may hold dots.

import { groupBy } from '../group-by'
import { changeCommand } from '../commands/command'
import type { HostDiff } from '../diff/host-diff'
import type { Sysctl } from '../host/sysctl'
import { isOnTap } from './made-on-taps'
import { inNamespace, plural, type StepDraft } from './step-draft'

export function renderSysctls(diff: HostDiff): StepDraft[] {
  const wanted = [...diff.sysctls.added, ...diff.sysctls.changed.map((change) => change.to)]
  return sysctlSteps(wanted.filter((sysctl) => !isOnTap(diff, sysctl)))
}

export function sysctlSteps(sysctls: readonly Sysctl[]): StepDraft[] {
  return [...groupBy(sysctls, (sysctl) => sysctl.netns)].map(([netns, here]) => ({
    title: `Set ${plural(here.length, 'sysctl')}${netns === '' ? '' : ` in ${netns}`}`,
    reason: 'A bridge of VMs and its ports must not answer ARP or IPv6 for the host.',
    command: changeCommand(inNamespace(netns, ['sysctl', '-q', '-p', '-']), { stdin: here.map(({ key, value }) => `${key} = ${value}\n`).join('') }),
  }))
}

// Kernel settings, one `sysctl -p -` per namespace: on standard input any number of ports fits. The slash form is used because
// device names may hold dots.

import { groupBy } from '../group-by'
import { changeCommand } from '../commands/command'
import type { HostDiff } from '../diff/host-diff'
import { inNamespace, plural, type StepDraft } from './step-draft'

export function renderSysctls(diff: HostDiff): StepDraft[] {
  const wanted = [...diff.sysctls.added, ...diff.sysctls.changed.map((change) => change.to)]
  return [...groupBy(wanted, (sysctl) => sysctl.netns)].map(([netns, sysctls]) => ({
    title: `Set ${plural(sysctls.length, 'sysctl')}${netns === '' ? '' : ` in ${netns}`}`,
    reason: 'qbr must not answer ARP or IPv6 for the host.',
    command: changeCommand(inNamespace(netns, ['sysctl', '-q', '-p', '-']), { stdin: sysctls.map(({ key, value }) => `${key} = ${value}\n`).join('') }),
  }))
}

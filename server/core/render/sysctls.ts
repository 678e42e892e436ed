// Kernel settings, one `sysctl -w` per namespace. The slash form is used because device names may hold dots.

import { groupBy } from '../group-by'
import { changeCommand } from '../commands/command'
import type { HostDiff } from '../diff/host-diff'
import { inNamespace, plural, type StepDraft } from './step-draft'

export function renderSysctls(diff: HostDiff): StepDraft[] {
  const wanted = [...diff.sysctls.added, ...diff.sysctls.changed.map((change) => change.to)]
  return [...groupBy(wanted, (sysctl) => sysctl.netns)].map(([netns, sysctls]) => ({
    title: `Set ${plural(sysctls.length, 'sysctl')}${netns === '' ? '' : ` in ${netns}`}`,
    reason: 'qbr must not answer ARP or IPv6 for the host.',
    command: changeCommand(inNamespace(netns, ['sysctl', '-q', '-w', ...sysctls.map((sysctl) => `${sysctl.key}=${sysctl.value}`)])),
  }))
}

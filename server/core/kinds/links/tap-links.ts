// VLAN interfaces on the taps of VMs: made after the VM was started, since libvirt makes the tap; taken away before it is
// stopped, since the kernel takes them along with the tap and a command for something that is gone would fail.

import { plural } from '../../explain/words'
import type { HostDiff } from '../../diff/kind-diff'
import { isRemade } from './is-remade'
import { standsOnTap } from '../../host/link'
import { additions, changes } from './link-steps'
import { madeOnTaps } from './made-on-taps'
import { batchStep, ipBatch, type StepDraft } from '../../render/step-draft'

export function renderTapLinkRemoval(diff: HostDiff): StepDraft[] {
  const gone = [...diff.links.removed, ...diff.links.changed.filter(isRemade).map(({ from }) => from)].filter(standsOnTap)
  const lines = gone.map((link) => `link del dev ${link.name}`)
  return batchStep(
    `Remove ${plural(gone.length, 'VLAN interface')} from taps`,
    'Before their VM goes; other subports are not touched.',
    lines,
    ipBatch(''),
  )
}

export function renderTapLinks(diff: HostDiff): StepDraft[] {
  const made = madeOnTaps(diff)
  const changed = diff.links.changed.filter((change) => standsOnTap(change.to) && !isRemade(change))
  const lines = [...additions(made), ...changed.flatMap(changes)]
  return batchStep(
    `VLAN interfaces on taps: ${plural(made.length + changed.length, 'subport')}`,
    'They stand on the tap that libvirt has just made, and take the tags of the guest off.',
    lines,
    ipBatch(''),
  )
}

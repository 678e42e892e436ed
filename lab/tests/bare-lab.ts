// The lab of this run with nothing built on it. What a test that failed left behind would fail every test after it, and hide
// which one it was, so such a lab is taken down and put up again.

import { labDown, labExec, labUp, type LabOptions, type LabStatus } from '../lab'
import { testLab } from './settings'

/** Whether something of ours, or a bridge that a half-made design leaves, is on a host. */
const IS_BUILT = 'ovs-vsctl br-exists br-int || ip link show | grep -q "alias tapline:" || ip netns list | grep -q .'

export async function bareLab(options: Pick<LabOptions, 'extras'> = {}): Promise<LabStatus> {
  const lab = await labUp({ name: testLab, ...options })
  const codes = await Promise.all(lab.hosts.map(async ({ name }) => (await labExec(testLab, name, ['sh', '-c', IS_BUILT])).code))
  if (codes.every((code) => code !== 0)) return lab
  await labDown({ name: testLab })
  return labUp({ name: testLab, ...options })
}

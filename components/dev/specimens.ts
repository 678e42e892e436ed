// What the gallery shows, by name.

import { linuxBridgeSameHostPath, linuxBridgeTrunkPath, linuxBridgeVlanPath } from '@/server/core/explain/specimens/linuxbridge-path'
import {
  brokenPath,
  dhcpPath,
  kernelPath,
  overtakenPath,
  provenPath,
  sameHostPath,
  silentHostPath,
  vlanPath,
  vxlanPath,
} from '@/server/core/explain/specimens/paths'
import { failedVerification, passedVerification } from '@/server/core/explain/specimens/verifications'
import { blockedPlan, emptyPlan, longPlan, samplePlan } from '@/server/core/explain/specimens/plans'
import { failedRun, queuedRun, restingRun, runningRun, succeededRun } from '@/server/core/explain/specimens/runs'
import type { Path } from '@/server/core/path/path'
import type { Verification } from '@/server/core/path/verification'
import type { Plan } from '@/server/core/plan/plan'
import type { Run } from '@/server/core/plan/run'

export const pathSpecimens: Readonly<Record<string, { readonly path: Path; readonly verification?: Verification }>> = {
  'VXLAN, two hosts': { path: vxlanPath },
  'VXLAN, proven': { path: provenPath, verification: passedVerification },
  'VXLAN, a host is gone': { path: silentHostPath },
  'VXLAN, proven before a revision': { path: overtakenPath },
  'VXLAN, broken at br-int': { path: brokenPath },
  'VXLAN, verification failed': { path: vxlanPath, verification: failedVerification },
  'VXLAN, kernel datapath': { path: kernelPath },
  'VLAN, two hosts': { path: vlanPath },
  'One host': { path: sameHostPath },
  'To the DHCP server': { path: dhcpPath },
  'Subport on a Linux bridge host': { path: linuxBridgeTrunkPath },
  'Open vSwitch to Linux bridge, VLAN': { path: linuxBridgeVlanPath },
  'One Linux bridge host': { path: linuxBridgeSameHostPath },
}

export const planSpecimens: Readonly<Record<string, Plan>> = {
  Plan: samplePlan,
  'Blocked plan': blockedPlan,
  'Empty plan': emptyPlan,
  'Long plan': longPlan,
}

export const runSpecimens: Readonly<Record<string, Run>> = {
  'Queued run': queuedRun,
  'Run that waits for another one': restingRun,
  'Running run': runningRun,
  'Failed run': failedRun,
  'Succeeded run': succeededRun,
}

export const verificationSpecimens: Readonly<Record<string, Verification>> = {
  'Passed verification': passedVerification,
  'Failed verification': failedVerification,
}

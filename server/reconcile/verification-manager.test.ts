// How a verification ends when the console itself fails. No host answers here: that is told by the verification's verdict.

import { expect, it } from 'vitest'
import { makeSample } from '@/server/core/topology/testing/sample'
import { systemClock } from '@/server/effects/clock'
import { openTempStore } from '@/server/effects/db/testing/temp-store'
import { systemIds } from '@/server/effects/ids'
import { createConductor } from './create-conductor'

it.each([
  ['VerificationRecord', 'UPDATE'],
  ['JournalEntry', 'INSERT'],
] as const)('ends for everybody who watches it, also while %s cannot be written', async (table, operation) => {
  const temp = await openTempStore()
  const conductor = createConductor({ ...temp, clock: systemClock, ids: systemIds })
  const { draft, web1, web2 } = makeSample()
  await temp.store.edit(() => ({ ok: true, topology: draft.topology, value: null }))
  const [sourcePortId, destinationPortId] = [web1, web2].map((id) => draft.topology.vms.find((vm) => vm.id === id)!.portIds[0]!) as [
    string,
    string,
  ]

  await temp.breakTable(table, operation)
  const { verificationId } = await conductor.startVerification({ from: sourcePortId, to: destinationPortId }, 'local')
  const seen: string[] = []
  for await (const event of conductor.watchVerification(verificationId, -1, new AbortController().signal)) seen.push(event.type)
  expect(seen.at(-1)).toBe('finished')
  expect(temp.logged).not.toEqual([])
  expect(await temp.store.verifications.get(verificationId)).toMatchObject({ status: 'failed', verdict: { code: expect.any(String) } })
  expect(await temp.store.verifications.latest()).toMatchObject({ status: 'failed' })

  await conductor.close()
  await temp.remove()
})

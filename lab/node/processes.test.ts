import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { killProcess, namespaceOf, parseNamespacePids, parseStartTime, readProc, refOf } from './processes'

it('finds the start time behind a name that looks like the fields around it', () => {
  const fields = Array.from({ length: 20 }, (_, index) => String(100 + index))
  expect(parseStartTime(`12 (a) S (b ) ${fields.join(' ')} 7 8`)).toBe('119')
})

it.each([
  ['Name:\tsleep\nNSpid:\t5792\t1\nNSpgid:\t5792\t1\n', [5792, 1]],
  ['NSpid:\t77\n', [77]],
  ['Name:\tx\n', []],
])('reads the pids per namespace of %j', (status, expected) => {
  expect(parseNamespacePids(status)).toEqual(expected)
})

it('says nothing about a process that is not there', () => {
  expect([readProc(0, 'stat'), refOf(0), namespaceOf(0, 'pid')]).toEqual([undefined, undefined, undefined])
})

it('ends the process it saw, not another with its number', async () => {
  const child = spawn('sleep', ['30'], { stdio: 'ignore' })
  const ref = refOf(child.pid ?? 0)
  expect(ref).toBeDefined()
  if (ref === undefined) return
  killProcess({ ...ref, startTime: '1' })
  expect(refOf(ref.pid)).toEqual(ref)
  killProcess(ref)
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL'])
})

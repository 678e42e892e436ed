// What tests on the lab stand on: the lab, a console of its own for each test, and the proof that nothing stays behind.

import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { isPlanEmpty, type Plan } from '@/server/core/plan/plan'
import type { Run, RunEvent } from '@/server/core/plan/run'
import type { LabStatus } from '../lab'
import { labExec } from '../lab'
import { apply, planAndApply } from '../scenarios/conduct'
import { openConsole, type Api } from '../scenarios/console-under-test'
import { eraseDesign } from '../scenarios/design'
import { leftBehind, snapshot } from '../scenarios/snapshot'
import { bareLab } from './bare-lab'
import { testLab } from './settings'

/** Output of a command on a lab host; throws when it fails. */
export async function on(host: string, ...argv: string[]): Promise<string> {
  const outcome = await labExec(testLab, host, argv)
  if (outcome.code !== 0) throw new Error(`${argv.join(' ')}: ${outcome.stderr}`)
  return outcome.stdout
}

/** Puts a program before the real one on a host, for as long as the test takes. `real` is its path. */
export async function withProgram(host: string, name: string, script: string, work: () => Promise<void>): Promise<void> {
  const real = (await on(host, 'sh', '-c', `command -v ${name}`)).trim()
  await on(
    host,
    'sh',
    '-c',
    `cp -p "$(readlink -f ${real})" /run/real-${name} && printf '%s\\n' "$1" >/run/fake-${name} && chmod +x /run/fake-${name} && mount --bind /run/fake-${name} "$(readlink -f ${real})"`,
    'sh',
    `#!/bin/sh\nreal=/run/real-${name}\n${script}`,
  )
  try {
    await work()
  } finally {
    await on(host, 'sh', '-c', `umount "$(readlink -f ${real})"; rm -f /run/real-${name} /run/fake-${name}`)
  }
}

/**
 * Registers the hooks of a test file; what it returns is filled before its first test. Each test has a console of its own, or the file one for
 * all, where they break and mend one design: drawing, building and removing it costs more than most of what is done to it.
 */
export function useBench(consoles: 'per test' | 'per file' = 'per test') {
  let lab: LabStatus
  let bare: ReadonlySet<string>[]
  let open: Awaited<ReturnType<typeof openConsole>>

  const leftovers = async (): Promise<string[]> =>
    (await Promise.all(lab.hosts.map(async ({ name }, index) => leftBehind(bare[index]!, await snapshot(testLab, name), name)))).flat()

  async function prepare(): Promise<void> {
    lab = await bareLab()
    bare = await Promise.all(lab.hosts.map((host) => snapshot(testLab, host.name)))
  }

  const openAnew = async (): Promise<void> => {
    open = await openConsole()
  }

  beforeAll(prepare)
  if (consoles === 'per file') {
    beforeAll(openAnew)
    afterAll(() => open.close())
  } else {
    beforeEach(openAnew)
    afterEach(async ({ task }) => {
      await open.close()
      if (task.result?.state === 'fail') await prepare()
    })
  }
  afterAll(async () => expect(await leftovers()).toEqual([]))

  return {
    get lab(): LabStatus {
      return lab
    },
    get api(): Api {
      return open.api
    },
    get dataDirectory(): string {
      return open.dataDirectory
    },
    leftovers,
    watchRun: (runId: string): AsyncIterable<RunEvent> => open.watchRun(runId),
    async applyAndFinish(planId: string): Promise<Run> {
      const { runId } = await open.api.runs.start({ planId })
      for await (const _ of await open.api.runs.watch({ runId }));
      return open.api.runs.get({ id: runId })
    },
    /** Applies what is pending, and expects a second plan to be empty. */
    async converge(): Promise<Plan> {
      const { plan } = await planAndApply(open.api)
      const again = await open.api.plans.create()
      expect(again.hosts.flatMap((host) => host.changes.map((change) => `${change.action} ${change.label}`))).toEqual([])
      return plan
    },
    /** Takes a design away, and everything that was made for it. */
    async clean(drawn: Parameters<typeof eraseDesign>[1]): Promise<void> {
      await eraseDesign(open.api, drawn)
      const plan = await open.api.plans.create()
      if (!isPlanEmpty(plan)) await apply(open.api, plan)
      expect(await leftovers()).toEqual([])
    },
  }
}

// Stages run side by side, on a machine that may be slow. A test file that fails there is run once more, alone: what fails again is a
// failure, what passes is told as unsteady, by name and with its reason. An unsteady test is a fault to mend, in the test or in what it
// tests (docs/flakes.md), and no reason to throw away what an hour has shown of everything else.

import { noTests, sum, type FileTally, type Tally } from './report'

/** More than that is no accident. */
const MOST_FILES = 4

/** `runAlone` runs these files, and nothing else runs meanwhile. */
export async function lookAgain(
  first: readonly FileTally[],
  runAlone: (files: readonly string[]) => Promise<readonly FileTally[]>,
): Promise<Tally> {
  const failed = first.filter((tally) => tally.failed > 0)
  const files = failed.flatMap(({ file }) => file ?? [])
  if (files.length === 0 || files.length < failed.length || files.length > MOST_FILES) return sum(first)
  const again = await runAlone(files)
  // A file that ran less than before tells nothing.
  const isWhole = failed.every((before) => again.some((after) => after.file === before.file && ranIn(after) >= ranIn(before)))
  if (!isWhole) return sum(first)
  const rest = first.filter((tally) => tally.failed === 0)
  const unsteady = sum(again).failed === 0 ? failed.flatMap(({ failures }) => failures) : []
  return sum([...rest, ...again, { ...noTests, unsteady }])
}

const ranIn = ({ passed, failed }: Tally): number => passed + failed

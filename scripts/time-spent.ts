// Where the time of a run went: each stage, and the slowest test files of all stages together. What a test costs is part of its
// review, so every run shows it; nothing is judged by it.

/** Seconds by the wall clock: files and stages that ran side by side share them. */
export interface TimedFile {
  readonly file: string
  readonly seconds: number
}

export interface TimedStage {
  readonly title: string
  readonly seconds: number
  readonly files: readonly TimedFile[]
}

/** What has ended in this run, in the order of the ends. */
export const spent: TimedStage[] = []

const SLOWEST = 10

export function printTimeSpent(stages: readonly TimedStage[], wholeSeconds: number): string {
  const slowest = stages.flatMap(({ files }) => files).sort((left, right) => right.seconds - left.seconds)
  return [
    `Time spent: ${inSeconds(wholeSeconds).trim()}`,
    ...stages.map(({ title, seconds }) => `${inSeconds(seconds)}  ${title}`),
    `The slowest of ${slowest.length} test files:`,
    ...slowest.slice(0, SLOWEST).map(({ file, seconds }) => `${inSeconds(seconds)}  ${file}`),
  ].join('\n')
}

const inSeconds = (seconds: number): string => `${seconds.toFixed(1)} s`.padStart(10)

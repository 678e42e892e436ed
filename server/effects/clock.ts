// The only place that asks what time it is.

export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** ISO 8601 with milliseconds, as every record keeps it. */
export const isoNow = (clock: Clock): string => clock.now().toISOString()

/** The same, so much later. */
export const isoLater = (clock: Clock, ms: number): string => new Date(clock.now().getTime() + ms).toISOString()
